/**
 * Copies a restore point to another region. Its PUT succeeds when the copy has begun; whether the bytes are there, the
 * instance view tells.
 * https://learn.microsoft.com/azure/virtual-machines/virtual-machines-copy-restore-points-how-to
 */
import { randomUUID } from "node:crypto";
import type { Emulator } from "../../emulator.ts";
import type { Operation } from "../../operations/operation.ts";
import type { Behaviour } from "../../operations/operations.ts";
import { partsOf } from "../../paths.ts";
import { factsOf } from "../../report.ts";
import { checkCopy } from "../../rules/check-copy.ts";
import type { DiskRestorePoint, Json, RestorePoint } from "../../state/state.ts";
import { startOperation } from "../shared/start-operation.ts";
import {
  type AcceptedRestorePoint,
  type AskedRestorePoint,
  countCreation,
  missing,
} from "./create.ts";
import { identityOf, pointsIn } from "./find.ts";
import { reportRestorePoint } from "./report-restore-point.ts";
import type { RestorePointProperties } from "./restore-point-body.ts";

export async function copyRestorePoint(
  emulator: Emulator,
  asked: AskedRestorePoint,
): Promise<AcceptedRestorePoint> {
  const { state, settings, clock } = emulator;
  const { id, collection, properties, request } = asked;
  const source = checkCopy(emulator, collection, {
    sourceId: properties.sourceRestorePoint?.id,
    hasExcludedDisks: (properties.excludeDisks ?? []).length > 0,
    mode: properties.consistencyMode ?? undefined,
  });
  const headers = countCreation(emulator, request, "Copy", collection.id);
  const before = pointsIn(emulator, collection);
  const point = state.restorePoints.set({
    id,
    name: partsOf(id).name,
    location: collection.location,
    timeCreated: settings.copyTimeCreated === "source" ? source.timeCreated : clock.iso(),
    consistencyMode: source.consistencyMode,
    excludeDiskIds: source.excludeDiskIds,
    source: source.source,
    provisioningState: "Creating",
    disks: source.disks.map((disk) => copyOf(disk, before, properties)),
    copy: {
      sourceRestorePointId: source.id,
      sourceTimeCreated: source.timeCreated,
      durationMs: settings.copyMs,
    },
  });
  const operation = startOperation(emulator, {
    kind: "copyRestorePoint",
    target: id,
    location: collection.location,
    input: { identity: identityOf(point) },
    request: factsOf(request),
    ms: settings.copyStartMs,
    vmId: source.source.id,
  });
  return { point, operation, headers };
}

/** The bytes are the source's: they never change, so a copy shares them. Its family is another region's. */
function copyOf(
  disk: DiskRestorePoint,
  before: readonly RestorePoint[],
  properties: RestorePointProperties,
): DiskRestorePoint {
  const earlier = before
    .flatMap(({ disks }) => disks)
    .find(({ source }) => source.uniqueId === disk.source.uniqueId);
  return {
    ...disk,
    name: `${disk.source.name}_${randomUUID()}`,
    sourceName: disk.name,
    familyId: earlier?.familyId ?? randomUUID(),
    encryption: encryptionOf(disk, properties),
  };
}

/** As the body asks for it: of the OS disk, or of the data disk with this lun. */
function encryptionOf(
  { lun }: DiskRestorePoint,
  { sourceMetadata }: RestorePointProperties,
): Json | undefined {
  const profile = sourceMetadata?.storageProfile;
  const asked =
    lun === undefined ? profile?.osDisk : profile?.dataDisks?.find((each) => each.lun === lun);
  return asked?.diskRestorePoint?.encryption ?? undefined;
}

export const copiedRestorePoint = (emulator: Emulator): Behaviour => {
  const { state, clock } = emulator;
  const find = ({ target, input }: Operation): RestorePoint | undefined => {
    const point = state.restorePoints.get(target);
    const isIt = point?.provisioningState === "Creating";
    return isIt && identityOf(point) === input["identity"] ? point : undefined;
  };
  return {
    finish: (operation) => {
      const point = find(operation);
      if (point?.copy === undefined) return missing(state.restorePoints.get(operation.target));
      const failsHalfWay = operation.input["outcome"] === "fail-half-way";
      const made = state.restorePoints.set({
        ...point,
        provisioningState: "Succeeded",
        completedAt: clock.iso(),
        copy: {
          ...point.copy,
          startedAt: clock.iso(),
          ...(failsHalfWay ? { failure: true } : {}),
        },
      });
      reportRestorePoint(emulator, operation, made, { verb: "write" });
      return undefined;
    },
    fail: (operation) => {
      const point = find(operation);
      if (point === undefined) return;
      const failed = state.restorePoints.set({ ...point, provisioningState: "Failed", disks: [] });
      reportRestorePoint(emulator, operation, failed, { verb: "write", failed: true });
    },
  };
};
