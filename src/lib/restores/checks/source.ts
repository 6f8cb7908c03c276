/**
 * Whether the restore point can be restored from already. Azure itself takes a copy that is not complete, and makes
 * disks that lack bytes.
 * https://learn.microsoft.com/azure/virtual-machines/virtual-machines-copy-restore-points-how-to
 */
import type { Restore } from "../restore.ts";
import { against, type CheckDeps, fine, unanswered, type Verdict } from "./verdict.ts";

const MINUTE = 60_000;
/** Azure itself refreshes the progress of copies about every ten minutes. */
const COPY_AGAIN_MS = 10 * MINUTE;

export async function checkSource(
  { arm }: Pick<CheckDeps, "arm">,
  { restorePointId, region }: Restore,
): Promise<Verdict> {
  const target = region === undefined ? "point" : "region";
  const what = region === undefined ? "restore point" : "copy";
  const reading = await arm.getReplication(restorePointId);
  if (reading.kind === "notFound") {
    return against({ code: "RestorePointGone", message: `Azure has no such ${what}.`, target });
  }
  if (reading.kind !== "found") return unanswered(reading, target, `the ${what}`);
  const { restorePoint, replication } = reading;
  const state = restorePoint.provisioningState;
  if (state.toLowerCase() !== "succeeded") {
    const message = `Azure says that the ${what} is ${state}.`;
    return against({ code: "RestorePointNotReady", message, target });
  }
  if (region !== undefined && replication.state !== "succeeded") {
    const message = `The copy is complete to ${replication.percent} percent; wait for all of it.`;
    return against({ code: "CopyIncomplete", message, target, retryAfterMs: COPY_AGAIN_MS });
  }
  if (!replication.snapshotPending) return fine;
  const message = "Azure still prepares the snapshots of its disks; wait until they are available.";
  return against({ code: "SnapshotPending", message, target, retryAfterMs: MINUTE });
}
