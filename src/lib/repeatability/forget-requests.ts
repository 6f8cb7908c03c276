/** Requests that nobody may repeat any more. */
import type { RepeatabilityDeps } from "./begin-request.ts";
import {
  isForgotten,
  type RepeatabilityDue,
  repeatabilityDueTable,
  repeatabilityDueUntil,
} from "./repeatability-due.ts";
import { repeatableRequestKey } from "./repeatable-request.ts";

export interface ForgetRequestsDeps extends RepeatabilityDeps {
  readonly now: () => Date;
}

/**
 * How many are removed at once. With 20 ms for each of the three steps of one that is about 500 a second: half of what one
 * partition takes, should all of them be of one caller.
 */
const AT_ONCE = 32;

/** Reads the rows of the hours that have passed, and nothing else. What `forMs` is too short for is left for the next time. */
export async function forgetRequests(deps: ForgetRequestsDeps, forMs: number): Promise<void> {
  const { repeatabilityDue } = deps.tables;
  const now = deps.now();
  const range = repeatabilityDueUntil(now);
  let continuation: string | undefined;
  do {
    const page = await repeatabilityDue.list(range, { size: AT_ONCE, continuation });
    await Promise.all(page.records.map((row) => forget(deps, row, now)));
    continuation = page.continuation;
  } while (continuation !== undefined && deps.now().getTime() < now.getTime() + forMs);
}

async function forget({ tables }: RepeatabilityDeps, row: RepeatabilityDue, now: Date) {
  const key = repeatableRequestKey(row);
  const request = await tables.repeatability.get(key);
  // An id that was used again after its time has a row of its own, also when that happens just now.
  if (request && isForgotten(request.record, now)) {
    await tables.repeatability.remove(key, request.etag);
  }
  await tables.repeatabilityDue.remove(repeatabilityDueTable.keyOf(row));
}
