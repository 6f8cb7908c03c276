/** The request for a restored VM, from the restore and from the VM as it was recorded. Pure. */
import { given } from "../given.ts";
import { isDirectDrive } from "./disk-skus.ts";
import { RESTORE_TAG, type Restore, type RestoredResource, restoredId } from "./restore.ts";
import type { AttachedDiskRequest, RecordedModel, VirtualMachineRequest } from "./vm-request.ts";

/** Undefined: the restore is not of a VM, or lacks what a VM needs. */
export function vmRequestOf(
  restore: Restore,
  model: RecordedModel,
): VirtualMachineRequest | undefined {
  const { id, location, zone, size, resources } = restore;
  const vm = resources.find(({ role }) => role === "virtualMachine");
  const networkInterface = resources.find(({ role }) => role === "networkInterface");
  const { osType } = model.storageProfile.osDisk;
  if (!vm || !networkInterface || size === undefined || osType === undefined) return undefined;
  const { plan, identity, securityProfile, licenseType, additionalCapabilities } = model;
  const hasUltra = resources.some(({ disk }) => disk?.sku === "UltraSSD_LRS");
  const { vmSizeProperties, vmSize } = model.hardwareProfile ?? {};
  const { diskControllerType } = model.storageProfile;
  // What was set of a size, or says how its disks are connected, need not fit another one.
  const ofSize = size === vmSize ? { vmSizeProperties, diskControllerType } : {};
  return {
    id: restoredId(restore, vm),
    location,
    ...(zone === undefined ? {} : { zone }),
    size,
    osType,
    tags: { ...(restore.tags ?? model.tags), [RESTORE_TAG]: id },
    disks: resources.flatMap((resource) => attached(restore, resource, model) ?? []),
    networkInterfaceId: restoredId(restore, networkInterface),
    recorded: given({
      ...{ plan, identity, securityProfile, licenseType },
      additionalCapabilities: hasUltra
        ? { ...additionalCapabilities, ultraSSDEnabled: true }
        : additionalCapabilities,
      ...ofSize,
    }),
  };
}

function attached(
  restore: Restore,
  resource: RestoredResource,
  { storageProfile }: RecordedModel,
): AttachedDiskRequest | undefined {
  if (resource.disk === undefined) return undefined;
  const { lun, sku } = resource.disk;
  const recorded =
    lun === undefined
      ? storageProfile.osDisk
      : storageProfile.dataDisks.find((each) => each.lun === lun);
  const { caching, writeAcceleratorEnabled: accelerated } = recorded ?? {};
  return {
    id: restoredId(restore, resource),
    ...given({
      lun,
      // Another SKU need not have what the recorded one had.
      caching: isDirectDrive(sku) ? undefined : caching,
      writeAcceleratorEnabled: sku === "Premium_LRS" ? accelerated : undefined,
    }),
  };
}
