/** Restore points and their disks as Compute answers them. A restore point has no `type` (recorded). */
import type {
  DiskReference,
  DiskRestorePoint,
  Emulator,
  RestorePoint,
  VirtualMachine,
} from "../state.ts";

export function renderRestorePoint(
  { state }: Pick<Emulator, "state">,
  point: RestorePoint,
  instanceView = false,
) {
  const { excludeDiskIds, timeCreated, provisioningState } = point;
  const succeeded = provisioningState === "Succeeded";
  return {
    name: point.name,
    id: point.id,
    properties: {
      ...(excludeDiskIds.length === 0
        ? {}
        : { excludeDisks: excludeDiskIds.map((id) => ({ id })) }),
      sourceMetadata: renderSource(state, point),
      provisioningState,
      // Known only when the restore point is there.
      ...(succeeded ? { consistencyMode: point.requestedMode ?? "ApplicationConsistent" } : {}),
      timeCreated: timeCreated.toISOString(),
      ...(instanceView ? { instanceView: renderInstanceView(point) } : {}),
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

function renderSource(state: Emulator["state"], point: RestorePoint) {
  const { source } = point;
  const kept = Object.entries(source.properties).filter(([name]) => KEPT_PROFILES.includes(name));
  const disks = includedDisksOf(point, source).map((disk) => ({
    lun: disk.lun,
    body: renderDisk(state, disk, point),
  }));
  return {
    ...Object.fromEntries(kept),
    storageProfile: {
      osDisk: disks.find(({ lun }) => lun === undefined)?.body,
      dataDisks: disks.filter(({ lun }) => lun !== undefined).map(({ body }) => body),
      diskControllerType: "SCSI",
    },
    vmId: source.vmId,
    location: source.location,
    hyperVGeneration: "V2",
  };
}

/** Excluded disks are missing from the beginning. */
const includedDisksOf = ({ excludeDiskIds }: RestorePoint, { disks }: VirtualMachine) =>
  disks.filter(
    ({ diskId }) => !excludeDiskIds.some((id) => id.toLowerCase() === diskId.toLowerCase()),
  );

function renderDisk(state: Emulator["state"], disk: DiskReference, point: RestorePoint) {
  const made = point.diskRestorePoints.find((each) => each.disk.diskId === disk.diskId);
  const source = made?.source ?? state.disks.get(disk.diskId);
  const type = "EncryptionAtRestWithPlatformKey";
  return {
    ...(disk.lun === undefined ? { osType: disk.osType } : { lun: disk.lun }),
    name: disk.name,
    diskSizeGB: made?.sizeInGB ?? source?.sizeInGB,
    caching: disk.caching,
    managedDisk: { id: disk.diskId, storageAccountType: source?.sku },
    ...(made && point.provisioningState === "Succeeded"
      ? { diskRestorePoint: { id: made.id, encryption: { type } } }
      : {}),
    writeAcceleratorEnabled: disk.writeAcceleratorEnabled,
  };
}

const REPLICATED = {
  code: "ReplicationState/succeeded",
  level: "Info",
  displayStatus: "Succeeded",
};

const renderInstanceView = ({ diskRestorePoints, provisioningState }: RestorePoint) =>
  provisioningState === "Succeeded"
    ? {
        diskRestorePoints: diskRestorePoints.map(({ id }) => ({
          id,
          replicationStatus: { status: REPLICATED, completionPercent: 100 },
        })),
        statuses: [REPLICATED],
      }
    : { diskRestorePoints: [], statuses: [] };

export const renderDiskRestorePoint = (point: DiskRestorePoint, timeCreated: Date) => ({
  id: point.id,
  name: point.name,
  properties: {
    timeCreated: timeCreated.toISOString(),
    sourceResourceId: point.source.id,
    sourceResourceLocation: point.source.location,
    ...(point.source.osType ? { osType: point.source.osType, hyperVGeneration: "V2" } : {}),
    familyId: point.source.familyId,
    sourceUniqueId: point.source.uniqueId,
    encryption: { type: "EncryptionAtRestWithPlatformKey" },
    networkAccessPolicy: "AllowAll",
    publicNetworkAccess: "Enabled",
  },
});
