/** After a start with a kept state, or a load: what a kill left half-made goes, and what was under way goes on. */
import type { Emulator } from "./emulator.ts";
import { releaseBytes } from "./resources/restore-points/release-bytes.ts";
import { type IsUnderWay, operationsUnderWay, settleUnanswered } from "./settle-unanswered.ts";

export async function resume(emulator: Emulator): Promise<void> {
  await mend(emulator);
  emulator.operations.resume();
}

/** The first half of it: nothing ends yet. */
export async function mend(emulator: Emulator): Promise<void> {
  emulator.sharedParts.clear();
  const isUnderWay = operationsUnderWay(emulator);
  settleUnanswered(emulator, isUnderWay);
  await dropUnanswered(emulator, isUnderWay);
  await emulator.bytes.keepOnly(neededBlobs(emulator));
}

/** A restore point that is being made without an operation was never answered. */
async function dropUnanswered(emulator: Emulator, isUnderWay: IsUnderWay): Promise<void> {
  const { state } = emulator;
  for (const point of state.restorePoints.all()) {
    if (point.provisioningState !== "Creating") continue;
    if (isUnderWay(point.id, "createRestorePoint", "copyRestorePoint")) continue;
    state.restorePoints.delete(point.id);
    await releaseBytes(emulator, point);
  }
}

function neededBlobs({ state }: Emulator): Set<string> {
  const needed = new Set<string>();
  for (const { uniqueId } of state.disks.all()) needed.add(uniqueId);
  for (const { disks } of state.restorePoints.all()) {
    for (const { source } of disks) needed.add(source.uniqueId);
  }
  return needed;
}
