/**
 * Takes a restore as far as it goes by now: begins what can be begun, and ends what can end. The row comes first, then
 * the operations that it names; the sweep takes up whatever died in between by the restore's own row of what is under
 * way.
 */

import { type FollowUp, mergeFollowUps } from "../operations/messages.ts";
import type { OperationId } from "../operations/operation-id.ts";
import { recordOperation } from "../operations/record-operation.ts";
import { changeRecord } from "../state/change-record.ts";
import type { Log } from "../telemetry.ts";
import { closeRestore, tellEnd } from "./close-restore.ts";
import { isEndedRestore, type Restore, restoreKey } from "./restore.ts";
import type { RestoreDeps } from "./restore-deps.ts";
import { next } from "./restore-moves.ts";
import { operationsOf } from "./restore-operations.ts";

export async function advanceRestore(
  deps: RestoreDeps,
  id: OperationId,
  log: Log,
): Promise<FollowUp> {
  let before: Restore | undefined;
  const after = await change(deps, id, (restore) => {
    before = restore;
    return next(restore, { now: deps.now(), newUlid: deps.newUlid });
  });
  if (after === undefined) return {};
  if (isEndedRestore(after)) return await closeRestore(deps, after, log);
  if (before?.state === "Creating" && after.state === "CleaningUp") await tellEnd(deps, after);
  const known = new Set(before?.resources.map(({ operation }) => operation));
  const begun = after.resources.filter(({ operation }) => !known.has(operation));
  return await record(deps, { ...after, resources: begun });
}

/**
 * After a crash, or a message that was lost: whatever is under way gets its operation, if it has none yet. Unknown: no
 * restore has this id.
 */
export async function resumeRestore(
  deps: RestoreDeps,
  id: OperationId,
  log: Log,
): Promise<FollowUp | "unknown"> {
  const key = restoreKey(id);
  if ((await deps.tables.restores.get(key)) === undefined) return "unknown";
  const advanced = await advanceRestore(deps, id, log);
  const restore = (await deps.tables.restores.get(key))?.record;
  if (restore === undefined || isEndedRestore(restore)) return advanced;
  return mergeFollowUps([advanced, await record(deps, restore)]);
}

async function record(deps: RestoreDeps, restore: Restore): Promise<FollowUp> {
  const operations = operationsOf(restore, deps.now());
  return mergeFollowUps(
    await Promise.all(operations.map((operation) => recordOperation(deps, operation))),
  );
}

export const change = (
  { tables }: Pick<RestoreDeps, "tables">,
  id: OperationId,
  decide: (restore: Restore) => Restore | undefined,
): Promise<Restore | undefined> =>
  // The steps of a VM with many disks end at about the same time.
  changeRecord(tables.restores, restoreKey(id), decide, MOST_TRIES);

const MOST_TRIES = 100;
