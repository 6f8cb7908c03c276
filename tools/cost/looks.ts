/** How often the app looks at an operation that takes so long. Pure. */
import { waitBeforeLook } from "../../src/lib/operations/backoff.ts";

const FIRST_WAIT_MS = 2000;

/** `longestWaitMs`: between two looks; copies have a longer one. Without a Retry-After of Azure's. */
export function looksAt(takesMs: number, longestWaitMs = 60_000): number {
  let looks = 1;
  for (let at = FIRST_WAIT_MS; at < takesMs; looks++)
    at += waitBeforeLook(looks + 1, 0, longestWaitMs);
  return looks;
}
