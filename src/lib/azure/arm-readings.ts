/** From the SDK's models to the app's own readings. */
import type {
  VirtualMachine as ArmVirtualMachine,
  DiskRestorePointInstanceView,
  RestorePoint,
  RestorePointCollection,
} from "@azure/arm-compute";
import { nameOfResource, parseResourceId } from "../fleet/resource-id.ts";
import type { AttachedDisk, VirtualMachine } from "../fleet/virtual-machine.ts";
import type {
  CollectionReading,
  Replication,
  RestorePointDisk,
  RestorePointReading,
} from "../operations/arm.ts";
import { OWNER_TAG } from "./owner-tag.ts";

export function virtualMachineOf(model: ArmVirtualMachine): VirtualMachine {
  const { id = "", name = "", vmId = "" } = model;
  return {
    id,
    name,
    vmId,
    ...(model.hardwareProfile?.vmSize ? { vmSize: model.hardwareProfile.vmSize } : {}),
    ...(model.timeCreated ? { timeCreated: new Date(model.timeCreated).toISOString() } : {}),
    resourceGroup: parseResourceId(id)?.resourceGroup ?? "",
    location: model.location,
    tags: model.tags ?? {},
    ...networkInterfaceOf(model),
    disks: attachedDisks(model),
    model,
  };
}

function networkInterfaceOf({ networkProfile }: ArmVirtualMachine): {
  networkInterfaceId?: string;
} {
  const interfaces = networkProfile?.networkInterfaces ?? [];
  const { id } = interfaces.find(({ primary }) => primary) ?? interfaces[0] ?? {};
  return id === undefined ? {} : { networkInterfaceId: id };
}

function attachedDisks({ storageProfile }: ArmVirtualMachine): AttachedDisk[] {
  const osDisk = storageProfile?.osDisk;
  const dataDisks = storageProfile?.dataDisks ?? [];
  return [osDisk, ...dataDisks].flatMap((disk) => {
    if (disk === undefined) return [];
    const id = disk.managedDisk?.id;
    const storageAccountType = disk.managedDisk?.storageAccountType;
    return [
      {
        name: disk.name ?? (id ? nameOfResource(id) : ""),
        ...(id === undefined ? {} : { id }),
        ...("lun" in disk ? { lun: disk.lun } : {}),
        ...(storageAccountType === undefined ? {} : { storageAccountType }),
        ...(disk.caching === undefined ? {} : { caching: disk.caching }),
        writeAccelerator: disk.writeAcceleratorEnabled ?? false,
        ephemeral: "diffDiskSettings" in disk && disk.diffDiskSettings?.option === "Local",
      },
    ];
  });
}

export function restorePointReadingOf(restorePoint: RestorePoint): RestorePointReading {
  const { id = "", provisioningState = "", consistencyMode, timeCreated } = restorePoint;
  return {
    id,
    provisioningState,
    ...(consistencyMode === undefined ? {} : { consistencyMode }),
    ...(timeCreated === undefined ? {} : { timeCreated: new Date(timeCreated).toISOString() }),
    disks: restorePointDisks(restorePoint),
    ...(restorePoint.sourceRestorePoint?.id
      ? { sourceRestorePointId: restorePoint.sourceRestorePoint.id }
      : {}),
  };
}

/**
 * The replication of a copy, disk by disk: complete only when every disk is.
 * https://learn.microsoft.com/azure/virtual-machines/virtual-machines-copy-restore-points-how-to
 */
export function replicationOf({ instanceView, sourceMetadata }: RestorePoint): Replication {
  const disks = instanceView?.diskRestorePoints ?? [];
  const { osDisk, dataDisks = [] } = sourceMetadata?.storageProfile ?? {};
  const expected = [osDisk, ...dataDisks].filter((disk) => disk !== undefined).length;
  const statuses = disks.map(({ replicationStatus }) => replicationStatus?.status);
  const failed = statuses.find((status) => /\/failed$/i.test(status?.code ?? ""));
  const complete = statuses.filter((status) => /\/succeeded$/i.test(status?.code ?? "")).length;
  const percents = disks.map(({ replicationStatus }) => replicationStatus?.completionPercent ?? 0);
  const state = failed
    ? "failed"
    : disks.length > 0 && complete >= Math.max(expected, disks.length)
      ? "succeeded"
      : "running";
  const message = failed?.message ?? failed?.displayStatus;
  return {
    state,
    percent: disks.length === 0 ? 0 : Math.min(...percents),
    ...(message === undefined ? {} : { message }),
    ...(disks.some(isPending) ? { snapshotPending: true } : {}),
  };
}

/** https://learn.microsoft.com/azure/virtual-machines/disks-instant-access-snapshots */
const isPending = ({ snapshotAccessState }: DiskRestorePointInstanceView): boolean =>
  snapshotAccessState === "Pending";

export const collectionReadingOf = (model: RestorePointCollection): CollectionReading => ({
  id: model.id ?? "",
  location: model.location,
  ...(model.source?.id ? { sourceId: model.source.id } : {}),
  managed: Object.entries(OWNER_TAG).every(([name, value]) => model.tags?.[name] === value),
  provisioningState: model.provisioningState ?? "",
});

function restorePointDisks({ sourceMetadata }: RestorePoint): RestorePointDisk[] {
  const osDisk = sourceMetadata?.storageProfile?.osDisk;
  const dataDisks = sourceMetadata?.storageProfile?.dataDisks ?? [];
  return [osDisk, ...dataDisks].flatMap((disk) => {
    if (disk === undefined) return [];
    const { name = "", diskSizeGB: sizeInGB } = disk;
    const diskId = disk.managedDisk?.id;
    const diskRestorePointId = disk.diskRestorePoint?.id;
    return [
      {
        name,
        ...(diskId === undefined ? {} : { diskId }),
        ...("lun" in disk && disk.lun !== undefined ? { lun: disk.lun } : {}),
        ...(sizeInGB === undefined ? {} : { sizeInGB }),
        ...(diskRestorePointId === undefined ? {} : { diskRestorePointId }),
      },
    ];
  });
}
