/** What follows the end of a restore. Repeating it is harmless. */
import { activeKey } from "../operations/active-operation.ts";
import type { FollowUp } from "../operations/messages.ts";
import type { Log } from "../telemetry.ts";
import { auditEnd } from "./audit-restore.ts";
import { keepActive } from "./keep-active.ts";
import { isEndedRestore, type Restore, restoreKey } from "./restore.ts";
import type { RestoreDeps } from "./restore-deps.ts";

/** Once more when a clean-up has ended: with the same ids it is the same. */
export async function tellEnd(deps: RestoreDeps, restore: Restore): Promise<void> {
  await auditEnd(deps, restore);
  await deps.notifications?.tell({ of: "restore", restore: restore.id });
}

export async function closeRestore(
  deps: RestoreDeps,
  restore: Restore,
  log: Log,
): Promise<FollowUp> {
  const { id, vm, point, region, state, error, problems } = restore;
  // What was refused has made nothing, and is told to whoever asked for it.
  if (problems === undefined) await tellEnd(deps, restore);
  const fields = { vm, point, region, operation: id };
  if (state === "Succeeded") log.info("restoreSucceeded", fields);
  else log.warn("restoreFailed", { ...fields, code: error?.code, message: error?.message });
  await deps.tables.active.remove(activeKey(id));
  // Whoever has it begin anew writes that row once more after the restore's own: one of the two is the last.
  const stored = await deps.tables.restores.get(restoreKey(id));
  if (stored && !isEndedRestore(stored.record)) await keepActive(deps, stored.record);
  return {};
}
