/** Restore point collections and restore points as Compute answers them. A restore point has no `type` (recorded). */
import type { Emulator } from "../../emulator.ts";
import { sameId } from "../../paths.ts";
import { includedDisks } from "../../rules/check-create.ts";
import { provisioningStateOf } from "../../rules/replication.ts";
import type {
  DiskReference,
  DiskRestorePoint,
  RestorePoint,
  RestorePointCollection,
} from "../../state/state.ts";
import { sizeInGB } from "../disks/size.ts";
import { idOfDisk, madeIn, pointsIn, sourceDiskIdOf } from "./find.ts";
import { renderInstanceView } from "./render-instance-view.ts";

export const COLLECTION_TYPE = "Microsoft.Compute/restorePointCollections";
export const RESTORE_POINT_TYPE = `${COLLECTION_TYPE}/restorePoints`;

type Known = Pick<Emulator, "state" | "settings" | "clock">;

export function renderCollection(
  emulator: Known,
  collection: RestorePointCollection,
  expanded = false,
) {
  const { source, instantAccess } = collection;
  const points = expanded ? pointsIn(emulator, collection) : undefined;
  return {
    id: collection.id,
    name: collection.name,
    type: COLLECTION_TYPE,
    location: collection.location,
    ...(collection.tags ? { tags: collection.tags } : {}),
    properties: {
      source: { id: source.id, location: source.location },
      provisioningState: collection.provisioningState,
      restorePointCollectionId: collection.collectionId,
      ...(instantAccess === undefined ? {} : { instantAccess }),
      ...(points
        ? { restorePoints: points.map((point) => renderRestorePoint(emulator, point)) }
        : {}),
    },
  };
}

export function renderRestorePoint(emulator: Known, point: RestorePoint, instanceView = false) {
  const { excludeDiskIds, timeCreated, copy, completedAt, consistencyMode } = point;
  const minutes = point.instantAccessDurationMinutes;
  return {
    name: point.name,
    id: point.id,
    properties: {
      ...(excludeDiskIds.length === 0
        ? {}
        : { excludeDisks: excludeDiskIds.map((id) => ({ id })) }),
      sourceMetadata: renderSource(emulator, point),
      provisioningState: provisioningStateOf(emulator.settings, point, emulator.clock.now()),
      // Known only when the restore point is there.
      ...(completedAt === undefined ? {} : { consistencyMode }),
      timeCreated,
      ...(copy ? { sourceRestorePoint: { id: copy.sourceRestorePointId } } : {}),
      ...(minutes === undefined ? {} : { instantAccessDurationMinutes: minutes }),
      ...(instanceView ? { instanceView: renderInstanceView(emulator, point) } : {}),
    },
  };
}

/** Of the VM's model a restore point keeps no network, zones, identity or tags. */
const KEPT_PROFILES = [
  "hardwareProfile",
  "osProfile",
  "diagnosticsProfile",
  "licenseType",
  "securityProfile",
  "userData",
];

function renderSource({ state }: Known, point: RestorePoint) {
  const { source, excludeDiskIds } = point;
  const kept = Object.entries(source.properties).filter(([name]) => KEPT_PROFILES.includes(name));
  // Excluded disks are missing from the beginning.
  const disks = includedDisks({ vm: source, excludeDiskIds }).map((disk) => ({
    lun: disk.lun,
    body: renderDisk(state, disk, point),
  }));
  const osDisk = disks.find(({ lun }) => lun === undefined)?.body;
  return {
    ...Object.fromEntries(kept),
    storageProfile: {
      ...(osDisk ? { osDisk } : {}),
      dataDisks: disks.filter(({ lun }) => lun !== undefined).map(({ body }) => body),
      diskControllerType: "SCSI",
    },
    vmId: source.vmId,
    location: source.location,
    hyperVGeneration: "V2",
  };
}

function renderDisk(state: Known["state"], disk: DiskReference, point: RestorePoint) {
  const made = point.disks.find(({ source }) => sameId(source.id, disk.diskId));
  const known = made?.source ?? state.disks.get(disk.diskId);
  return {
    ...(disk.lun === undefined ? { osType: disk.osType } : { lun: disk.lun }),
    name: disk.name,
    ...(known ? { diskSizeGB: sizeInGB(known) } : {}),
    caching: disk.caching,
    managedDisk: { id: disk.diskId, ...(known ? { storageAccountType: known.sku } : {}) },
    ...(made && madeIn(point).includes(made)
      ? { diskRestorePoint: renderReference(point, made) }
      : {}),
    writeAcceleratorEnabled: disk.writeAcceleratorEnabled,
  };
}

function renderReference(point: RestorePoint, made: DiskRestorePoint) {
  const sourceId = sourceDiskIdOf(point, made);
  return {
    id: idOfDisk(point, made),
    encryption: made.encryption ?? { type: "EncryptionAtRestWithPlatformKey" },
    ...(sourceId ? { sourceDiskRestorePoint: { id: sourceId } } : {}),
  };
}
