/**
 * Takes restore points of ours into the catalogue that it lacks: their name says which slot they are of. A point that
 * somebody made by hand in our collection has another name, and is left alone.
 */
import { askedOf } from "../fleet/asked.ts";
import type { Protection } from "../fleet/protection.ts";
import { nameOfResource } from "../fleet/resource-id.ts";
import type { Point } from "../fleet/restore-point.ts";
import type { VmKey } from "../fleet/vm-key.ts";
import type { CollectionReading, RestorePointReading } from "../operations/arm.ts";
import { noOperation } from "../operations/operation-id.ts";
import { parsePointName } from "../plan/slot.ts";
import type { ReconcileScope } from "./reconcile-deps.ts";
import { recordDrift } from "./record-drift.ts";

/** Those that were adopted. */
export async function adoptPoints(
  scope: ReconcileScope,
  vm: VmKey,
  collection: CollectionReading,
  protection: Protection | undefined,
  readings: readonly RestorePointReading[],
): Promise<Point[]> {
  const { deps } = scope;
  const adopted: Point[] = [];
  for (const reading of readings) {
    const point = await pointOf(scope, vm, collection, protection, reading);
    if (point === undefined) continue;
    if ((await deps.tables.points.insert(point)) === "exists") continue;
    await recordDrift(scope, { kind: "unknownPoint", vm, about: point.name });
    adopted.push(point);
  }
  return adopted;
}

async function pointOf(
  { deps }: ReconcileScope,
  vm: VmKey,
  collection: CollectionReading,
  protection: Protection | undefined,
  { id, consistencyMode, timeCreated, disks }: RestorePointReading,
): Promise<Point | undefined> {
  const name = nameOfResource(id);
  const parsed = parsePointName(name);
  if (parsed === undefined || timeCreated === undefined) return undefined;
  const recorded = await deps.recordedVms.get(vm, name);
  const legalHold = await deps.legalHolds.get(vm, name);
  const crash = consistencyMode === "CrashConsistent";
  return {
    vm,
    name,
    ...parsed,
    at: (parsed.at ?? new Date(timeCreated)).toISOString(),
    vmId: recorded?.vmId ?? vmIdOf(collection, protection),
    location: collection.location,
    policies: recorded?.policies ?? protection?.policies ?? [],
    ...askedOf(recorded ?? {}),
    ...(legalHold === undefined ? {} : { legalHold }),
    state: "Succeeded",
    restorePointId: id,
    operation: noOperation(vm),
    consistencyRequested:
      recorded?.consistencyRequested ?? (crash ? "CrashConsistent" : "ApplicationConsistent"),
    ...(consistencyMode === undefined ? {} : { consistencyMode }),
    disks: [...disks],
    excludedDisks: [],
    timeCreated,
    requestedAt: timeCreated,
    endedAt: timeCreated,
  };
}

/** The name of a collection ends in the first part of its VM's GUID: another VM may have had the same name before. */
function vmIdOf({ id }: CollectionReading, protection: Protection | undefined): string {
  const [, part = ""] = /-([0-9a-f]{8})(?:-in-[a-z0-9]+)?$/.exec(id.toLowerCase()) ?? [];
  const known = protection?.vmId ?? "";
  return part !== "" && known.toLowerCase().startsWith(part) ? known : part;
}
