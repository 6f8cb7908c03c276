import { createHash } from "node:crypto";
import { encodeTime } from "ulid";

const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const TIME_LENGTH = 10;
const RANDOM_LENGTH = 16;

export const hashOf = (text: string): Buffer => createHash("sha256").update(text).digest();

/** A ULID of that time that the names decide: the same for the same, and as good as random for others. */
export function derivedUlid(at: Date, names: readonly string[]): string {
  const bytes = hashOf(JSON.stringify(names)).subarray(0, RANDOM_LENGTH);
  const random = Array.from(bytes, (byte) => ALPHABET[byte % ALPHABET.length]).join("");
  return encodeTime(at.getTime(), TIME_LENGTH) + random;
}
