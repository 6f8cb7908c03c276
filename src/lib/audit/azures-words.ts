/** What Azure says, as far as it may stand in the audit log. */
import { looksLikeSecret } from "./looks-like-secret.ts";

export const LONGEST_CODE = 200;
export const LONGEST_MESSAGE = 4000;

/** Azure's words are not ours to vouch for, and an entry that is refused would keep from ending what it is about. */
export const withoutSecret = (text: string | undefined, most: number): string | undefined =>
  text !== undefined && looksLikeSecret(text) ? "Withheld." : text?.slice(0, most);
