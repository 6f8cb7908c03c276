/** A disk restore point as the disk provider answers it. It has no size: the restore point's source metadata has. */
import type { Emulator } from "../../emulator.ts";
import { regionOf } from "../../region.ts";
import { replicationOf } from "../../rules/replication.ts";
import { sectorSizeOf } from "../../rules/sector-size.ts";
import {
  backgroundPercentOf,
  isCopiedInBackground,
  snapshotAccessStateOf,
} from "../../rules/snapshot-access-state.ts";
import type { Disk, DiskRestorePoint, RestorePoint } from "../../state/state.ts";
import { idOfDisk, sourceDiskIdOf } from "./find.ts";

type Known = Pick<Emulator, "settings" | "clock">;

export function renderDiskRestorePoint(
  emulator: Known,
  point: RestorePoint,
  disk: DiskRestorePoint,
) {
  const { source, familyId, encryption } = disk;
  const { settings, clock } = emulator;
  const { hyperVGeneration = "V2", securityProfile } = source.properties;
  return {
    id: idOfDisk(point, disk),
    name: disk.name,
    properties: {
      timeCreated: point.timeCreated,
      sourceResourceId: sourceDiskIdOf(point, disk) ?? source.id,
      sourceResourceLocation: regionOf(source.location),
      ...(source.properties["osType"]
        ? { osType: source.properties["osType"], hyperVGeneration }
        : {}),
      familyId,
      sourceUniqueId: source.uniqueId,
      encryption: flatEncryption(encryption),
      networkAccessPolicy: source.properties["networkAccessPolicy"] ?? "AllowAll",
      publicNetworkAccess: source.properties["publicNetworkAccess"] ?? "Enabled",
      ...(source.properties["diskAccessId"]
        ? { diskAccessId: source.properties["diskAccessId"] }
        : {}),
      ...progressOf(emulator, point, source),
      ...(securityProfile ? { securityProfile } : {}),
      ...(isCopiedInBackground(source.sku) ? { logicalSectorSize: sectorSizeOf(source) } : {}),
      snapshotAccessState: snapshotAccessStateOf(settings, point, disk, clock.now()),
    },
  };
}

/** Of what takes time: copies to another region, and snapshots that are copied in the background. */
function progressOf({ settings, clock }: Known, point: RestorePoint, { sku }: Disk) {
  const now = clock.now();
  if (point.copy) {
    const { state, completionPercent } = replicationOf(settings, point, now);
    return { completionPercent, replicationState: state };
  }
  return isCopiedInBackground(sku)
    ? { completionPercent: backgroundPercentOf(settings, point, now) }
    : {};
}

/** The restore point names the encryption set as a reference, the disk provider by its id. */
function flatEncryption(asked: DiskRestorePoint["encryption"]) {
  const { type = "EncryptionAtRestWithPlatformKey", diskEncryptionSet } = asked ?? {};
  const isSet = typeof diskEncryptionSet === "object" && diskEncryptionSet !== null;
  return {
    type,
    ...(isSet && "id" in diskEncryptionSet ? { diskEncryptionSetId: diskEncryptionSet.id } : {}),
  };
}
