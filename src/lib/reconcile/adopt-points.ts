/**
 * Takes restore points of ours into the catalogue that it lacks: their name says which slot they are of. A point that
 * somebody made by hand in our collection has another name, and is left alone.
 */
import type { Protection } from "../fleet/protection.ts";
import { nameOfResource } from "../fleet/resource-id.ts";
import type { Point } from "../fleet/restore-point.ts";
import type { RestorePointReading } from "../operations/arm.ts";
import { operationIdOf } from "../operations/operation-id.ts";
import { parsePointName } from "../plan/slot.ts";
import type { Log } from "../telemetry.ts";
import type { ReconcileMessage } from "./pass.ts";
import type { ReconcileDeps } from "./reconcile-deps.ts";
import { recordDrift } from "./record-drift.ts";

/** One that was made just now may be on its way into the catalogue. */
const GRACE_MS = 10 * 60_000;
/** No operation of ours is known to have made it. */
const NO_OPERATION = "0".repeat(26);

/** The ids of those that were adopted. */
export async function adoptPoints(
  deps: ReconcileDeps,
  message: ReconcileMessage,
  protection: Protection,
  readings: readonly RestorePointReading[],
  log: Log,
): Promise<string[]> {
  const adopted: string[] = [];
  for (const reading of readings) {
    const point = pointOf(protection, reading, deps.now());
    if (point === undefined) continue;
    if ((await deps.tables.points.insert(point)) === "exists") continue;
    const { vm } = protection;
    await recordDrift(deps, message, { kind: "unknownPoint", vm, about: point.name }, log);
    adopted.push(reading.id);
  }
  return adopted;
}

function pointOf(
  protection: Protection,
  { id, provisioningState, consistencyMode, timeCreated, disks }: RestorePointReading,
  now: Date,
): Point | undefined {
  const name = parsePointName(nameOfResource(id));
  const isOld = timeCreated !== undefined && now.getTime() - Date.parse(timeCreated) >= GRACE_MS;
  if (name === undefined || !isOld || provisioningState !== "Succeeded") return undefined;
  const { vm, vmId, location, policies } = protection;
  const crash = consistencyMode === "CrashConsistent";
  return {
    vm,
    name: nameOfResource(id),
    ...name,
    at: (name.at ?? new Date(timeCreated)).toISOString(),
    vmId,
    location,
    policies,
    state: "Succeeded",
    restorePointId: id,
    operation: operationIdOf(vm, NO_OPERATION),
    consistencyRequested: crash ? "CrashConsistent" : "ApplicationConsistent",
    ...(consistencyMode === undefined ? {} : { consistencyMode }),
    disks: [...disks],
    excludedDisks: [],
    timeCreated,
    requestedAt: timeCreated,
    endedAt: timeCreated,
  };
}
