/** Takes copies of ours into the catalogue that it lacks, once they are complete. */
import { nameOfResource } from "../fleet/resource-id.ts";
import type { Copy } from "../fleet/restore-point-copy.ts";
import type { VmKey } from "../fleet/vm-key.ts";
import type { ArmFailure, CollectionReading, RestorePointReading } from "../operations/arm.ts";
import { noOperation } from "../operations/operation-id.ts";
import { parsePointName } from "../plan/slot.ts";
import type { ReconcileScope } from "./reconcile-deps.ts";
import { recordDrift } from "./record-drift.ts";

/** Azure ends a copy that takes two weeks: an older one is complete, or has failed. */
const LONGEST_COPY_MS = 15 * 86_400_000;

/** Those that were adopted. */
export async function adoptCopies(
  scope: ReconcileScope,
  vm: VmKey,
  collection: CollectionReading,
  readings: readonly RestorePointReading[],
): Promise<Copy[] | ArmFailure> {
  const { deps } = scope;
  const adopted: Copy[] = [];
  for (const reading of readings) {
    const complete = await isComplete(scope, reading);
    if (typeof complete !== "boolean") return complete;
    const copy = complete ? await copyOf(scope, vm, collection, reading) : undefined;
    if (copy === undefined || (await deps.tables.copies.insert(copy)) === "exists") continue;
    await recordDrift(scope, {
      ...{ kind: "unknownPoint", vm },
      about: `${copy.point} in ${copy.region}`,
    });
    adopted.push(copy);
  }
  return adopted;
}

async function isComplete(
  { deps }: ReconcileScope,
  { id, timeCreated = "" }: RestorePointReading,
): Promise<boolean | ArmFailure> {
  if (deps.now().getTime() - Date.parse(timeCreated) > LONGEST_COPY_MS) return true;
  const reading = await deps.arm.getReplication(id);
  if (reading.kind === "notFound") return false;
  return reading.kind === "found" ? reading.replication.state === "succeeded" : reading;
}

async function copyOf(
  { deps }: ReconcileScope,
  vm: VmKey,
  { location, sourceId = "" }: CollectionReading,
  { id, timeCreated, consistencyMode, disks }: RestorePointReading,
): Promise<Copy | undefined> {
  const point = nameOfResource(id);
  const parsed = parsePointName(point);
  if (parsed === undefined || timeCreated === undefined) return undefined;
  const recorded = await deps.recordedVms.get(vm, point);
  const legalHold = await deps.legalHolds.get(vm, point);
  const region = location.toLowerCase();
  const { keepUntil, copyTo, partial } = recorded ?? {};
  const crash = consistencyMode === "CrashConsistent";
  return {
    vm,
    region,
    point,
    slot: parsed.slot,
    vmId: recorded?.vmId ?? sourceId.slice(sourceId.lastIndexOf("-") + 1).toLowerCase(),
    at: (parsed.at ?? new Date(timeCreated)).toISOString(),
    timeCreated,
    policies: recorded?.policies ?? [],
    consistencyRequested:
      recorded?.consistencyRequested ?? (crash ? "CrashConsistent" : "ApplicationConsistent"),
    ...(consistencyMode === undefined ? {} : { consistencyMode }),
    ...(legalHold === undefined ? {} : { legalHold }),
    ...(keepUntil === undefined ? {} : { keepUntil }),
    ...(partial === undefined ? {} : { partial }),
    ...(copyTo?.includes(region) ? { requested: true } : {}),
    state: "Succeeded",
    sourceCollectionId: sourceId,
    restorePointId: id,
    operation: noOperation(vm),
    disks: [...disks],
    requestedAt: timeCreated,
    endedAt: timeCreated,
  };
}
