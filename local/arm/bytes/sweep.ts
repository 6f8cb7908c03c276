/**
 * At the start: a kill may come between taking a snapshot and keeping the restore point, or between deleting a restore
 * point and its snapshot. What no restore point names goes; none must be made meanwhile.
 */
import type { Emulator } from "../emulator.ts";
import type { DiskRestorePoint, RestorePoint, State } from "../state/state.ts";
import type { Changes } from "./changes.ts";

interface Needed {
  readonly epochs: Set<number>;
  readonly snapshots: Set<string>;
}

export async function sweep({
  state,
  changes,
  blobs,
}: Pick<Emulator, "state" | "changes" | "blobs">): Promise<void> {
  const needed = neededOf(state);
  forgetOthers(changes, needed);
  for (const at of await blobs.snapshots()) {
    if (!needed.get(at.blob)?.snapshots.has(at.snapshot)) await blobs.deleteSnapshot(at);
  }
}

/** By uniqueId of the disk, which may be gone. */
function neededOf(state: State): ReadonlyMap<string, Needed> {
  const needed = new Map<string, Needed>();
  const of = (uniqueId: string): Needed => {
    const known = needed.get(uniqueId) ?? { epochs: new Set(), snapshots: new Set() };
    needed.set(uniqueId, known);
    return known;
  };
  for (const { uniqueId } of state.disks.all()) of(uniqueId);
  for (const { source, epoch, snapshot } of state.restorePoints.all().flatMap(disksOf)) {
    const { epochs, snapshots } = of(source.uniqueId);
    epochs.add(epoch);
    if (snapshot) snapshots.add(snapshot);
  }
  return needed;
}

const disksOf = ({ disks }: RestorePoint): readonly DiskRestorePoint[] => disks;

function forgetOthers(changes: Changes, needed: ReadonlyMap<string, Needed>): void {
  for (const { uniqueId, epochs } of [...changes.closed()]) {
    const known = needed.get(uniqueId);
    if (known === undefined) changes.drop(uniqueId);
    else for (const each of epochs) if (!known.epochs.has(each)) changes.forget(uniqueId, each);
  }
}
