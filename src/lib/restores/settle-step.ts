/** The end of an operation of a restore: its row first, then what follows from it. */
import type { Ending } from "../operations/endings/ending.ts";
import type { FollowUp } from "../operations/messages.ts";
import type { RestoreOperation } from "../operations/operation.ts";
import { ulidOfOperation } from "../operations/operation-id.ts";
import type { Log } from "../telemetry.ts";
import { advanceRestore, change } from "./advance-restore.ts";
import type { RestoreDeps } from "./restore-deps.ts";
import { afterStep, refused } from "./restore-moves.ts";

export async function settleStep(
  deps: RestoreDeps,
  { id, kind, request }: RestoreOperation,
  ending: Ending,
  log: Log,
): Promise<FollowUp> {
  const error = ending.kind === "failed" ? ending.error : undefined;
  const now = deps.now();
  await change(deps, request.restore, (restore) => {
    if (kind !== "checkRestore") return afterStep(restore, ulidOfOperation(id), error, now);
    // Otherwise the check itself has written what it found.
    return error && restore.state === "Checking" && restore.check === ulidOfOperation(id)
      ? refused(restore, { error }, now)
      : undefined;
  });
  return await advanceRestore(deps, request.restore, log);
}
