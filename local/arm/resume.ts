/** After a start with a kept state, or a load: what a kill left half-made goes, and what was under way goes on. */
import type { Emulator } from "./emulator.ts";
import { releaseBytes } from "./resources/restore-points/release-bytes.ts";

export async function resume(emulator: Emulator): Promise<void> {
  emulator.sharedParts.clear();
  await dropUnacknowledged(emulator);
  await emulator.bytes.keepOnly(neededBlobs(emulator));
  emulator.operations.resume();
}

/** A restore point that is being made without an operation was never answered. */
async function dropUnacknowledged(emulator: Emulator): Promise<void> {
  const { state } = emulator;
  const underWay = new Set(
    state.operations
      .all()
      .filter(({ status }) => status === "InProgress")
      .map(({ target }) => target.toLowerCase()),
  );
  for (const point of state.restorePoints.all()) {
    if (point.provisioningState !== "Creating" || underWay.has(point.id.toLowerCase())) continue;
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
