/** When to look again, and when to try again. */

const SECOND = 1000;
const LONGEST_WAIT = 60 * SECOND;

/** After look `look` (1 is the first): 2, 4, 8, … s up to `longest`, or ARM's Retry-After if that is longer. */
export const waitBeforeLook = (
  look: number,
  retryAfterMs = 0,
  longest: number = LONGEST_WAIT,
): number => Math.max(retryAfterMs, Math.min(longest, 2 ** Math.min(look, 10) * SECOND));

/** After the n-th transient error in a row. */
export const waitAfterError = (errors: number): number =>
  Math.min(LONGEST_WAIT, 2 ** Math.min(errors, 10) * SECOND);

/** After this many transient errors in a row a start is not sent again. */
export const MOST_TRANSIENT_ERRORS = 10;
