/**
 * Whether Azure would copy this restore point to another region.
 * https://learn.microsoft.com/azure/virtual-machines/virtual-machines-restore-points-copy
 */
import type { Emulator } from "../emulator.ts";
import { ArmError, entityNotFound, invalidParameter, notAllowed } from "../http/arm-error.ts";
import { rooted, sameId } from "../paths.ts";
import { collectionOf, pointsIn } from "../resources/restore-points/find.ts";
import type { RestorePoint, RestorePointCollection } from "../state/state.ts";
import { provisioningStateOf, replicationOf } from "./replication.ts";

const SOURCE = "properties.sourceRestorePoint.id";

export interface AskedCopy {
  readonly sourceId: string | undefined;
  readonly hasExcludedDisks: boolean;
  readonly mode: string | undefined;
}

/** The restore point to copy. Throws the first rule that is broken. */
export function checkCopy(
  emulator: Emulator,
  target: RestorePointCollection,
  { sourceId, hasExcludedDisks, mode }: AskedCopy,
): RestorePoint {
  if (sourceId === undefined) {
    throw invalidParameter(SOURCE, `is required: '${target.name}' holds copies.`);
  }
  if (hasExcludedDisks) {
    throw invalidParameter("properties.excludeDisks", "a copy has all disks of its source.");
  }
  if (mode) {
    throw invalidParameter("properties.consistencyMode", "a copy has the one of its source.");
  }
  const source = emulator.state.restorePoints.get(rooted(sourceId));
  if (source === undefined) throw entityNotFound();
  demandFromSource(emulator, target, source);
  demandInOrder(emulator, target, source);
  return source;
}

function demandFromSource(
  emulator: Emulator,
  target: RestorePointCollection,
  source: RestorePoint,
): void {
  const { settings, clock } = emulator;
  if (source.copy) throw notAllowed(`'${source.name}' is a copy, which cannot be copied again.`);
  const collection = collectionOf(emulator, source);
  if (collection === undefined || !sameId(collection.id, target.source.id)) {
    throw invalidParameter(SOURCE, `'${source.name}' is not in ${target.source.id}.`);
  }
  if (provisioningStateOf(settings, source, clock.now()) !== "Succeeded") {
    throw notAllowed(`Restore point '${source.name}' is not in provisioningState Succeeded.`);
  }
  const isPrivate = source.disks.find(
    (disk) => disk.source.properties["networkAccessPolicy"] === "AllowPrivate",
  );
  if (isPrivate) {
    throw notAllowed(`Disk '${isPrivate.source.name}' uses a private link, which is not copied.`);
  }
}

/** One at a time, once each, and never one that is older than the latest. */
function demandInOrder(
  emulator: Emulator,
  target: RestorePointCollection,
  source: RestorePoint,
): void {
  const { settings, clock } = emulator;
  const now = clock.now();
  const copies = pointsIn(emulator, target).filter(
    (copy) => provisioningStateOf(settings, copy, now) !== "Failed",
  );
  const isUnderWay = copies.find(
    (copy) => replicationOf(settings, copy, now).state === "inProgress",
  );
  if (isUnderWay) {
    throw notAllowed(
      `Restore point '${isUnderWay.name}' is still copied: one copy at a time from '${target.source.id}' to '${target.name}'.`,
    );
  }
  const sourceOf = ({ copy }: RestorePoint) => copy?.sourceRestorePointId ?? "";
  const same = copies.find((copy) => sameId(sourceOf(copy), source.id));
  if (same) {
    throw new ArmError(
      409,
      "Conflict",
      `'${source.name}' has been copied already: '${same.name}'.`,
    );
  }
  const newer = copies.find((copy) => (copy.copy?.sourceTimeCreated ?? "") > source.timeCreated);
  if (newer) {
    throw notAllowed(
      `Restore points are copied in the order of their creation: '${newer.name}' is a copy of a newer one than '${source.name}'.`,
    );
  }
}
