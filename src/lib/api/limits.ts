/** Far more than any body of this API needs. */
export const MOST_BODY_BYTES = 256 * 1024;
/** Likewise. */
export const MOST_LEVELS = 64;
