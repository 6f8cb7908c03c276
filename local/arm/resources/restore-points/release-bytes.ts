/**
 * A restore point outlives its VM and disks, and its copies outlive it: bytes go when no disk restore point needs them
 * any more.
 */
import type { Emulator } from "../../emulator.ts";
import type { DiskRestorePoint, RestorePoint } from "../../state/state.ts";
import { collectionIdOfPoint, pointsIn, targetsOf } from "./find.ts";

type Known = Pick<Emulator, "state" | "bytes">;

/** For a restore point that has just been taken out of the state, or has failed. */
export async function releaseBytes(emulator: Known, point: RestorePoint): Promise<void> {
  const { state, bytes } = emulator;
  // Nothing was written to the others yet.
  const written = point.disks.filter(({ epoch }) => epoch > 0);
  if (written.length === 0) return;
  const others = relativesOf(emulator, point).flatMap(({ disks }) => disks);
  const released = written.filter((disk) => !others.some((other) => sharesBytes(disk, other)));
  for (const { source, epoch, snapshot } of released) {
    const diskIsThere = state.disks.get(source.id)?.uniqueId === source.uniqueId;
    await bytes.pointDeleted({ uniqueId: source.uniqueId, epoch, snapshot }, diskIsThere);
  }
}

const sharesBytes = (one: DiskRestorePoint, other: DiskRestorePoint): boolean =>
  one.source.uniqueId === other.source.uniqueId && one.epoch === other.epoch;

/** The points that may share its bytes: its copies; or what it is a copy of, and the other copies. */
function relativesOf(emulator: Known, point: RestorePoint): RestorePoint[] {
  const origin = { id: collectionIdOfPoint(point.copy?.sourceRestorePointId ?? point.id) };
  return [origin, ...targetsOf(emulator, origin)]
    .flatMap((each) => pointsIn(emulator, each))
    .filter(({ id }) => id !== point.id);
}
