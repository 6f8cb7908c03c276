/** From the SDK's models to the app's own readings. */
import type { VirtualMachine as ArmVirtualMachine, RestorePoint } from "@azure/arm-compute";
import { nameOfResource, parseResourceId } from "../fleet/resource-id.ts";
import type { AttachedDisk, VirtualMachine } from "../fleet/virtual-machine.ts";
import type { RestorePointDisk, RestorePointReading } from "../operations/arm.ts";

export function virtualMachineOf(model: ArmVirtualMachine): VirtualMachine {
  const { id = "", name = "", vmId = "" } = model;
  return {
    id,
    name,
    vmId,
    resourceGroup: parseResourceId(id)?.resourceGroup ?? "",
    location: model.location,
    tags: model.tags ?? {},
    disks: attachedDisks(model),
    model,
  };
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
  };
}

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
