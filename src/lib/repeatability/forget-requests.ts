/** Requests that nobody may repeat any more. */
import { every } from "../state/entity-table.ts";
import type { RepeatabilityDeps } from "./begin-request.ts";
import {
  isForgotten,
  type RepeatabilityDue,
  repeatabilityDueTable,
  repeatabilityDueUntil,
} from "./repeatability-due.ts";
import { repeatableRequestKey } from "./repeatable-request.ts";

/** The rest follows with the next tick. */
const MOST = 2000;
/** How many are removed at once: enough to be done in a tick, few enough to be kind to the table. */
const AT_ONCE = 32;

/** Reads the rows of the hours that have passed, and nothing else. */
export async function forgetRequests(deps: RepeatabilityDeps, now: Date): Promise<void> {
  const due: RepeatabilityDue[] = [];
  for await (const row of every(deps.tables.repeatabilityDue, repeatabilityDueUntil(now))) {
    due.push(row);
    if (due.length === MOST) break;
  }
  for (let from = 0; from < due.length; from += AT_ONCE) {
    const some = due.slice(from, from + AT_ONCE);
    await Promise.all(some.map((row) => forget(deps, row, now)));
  }
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
