/** What a restore asks for, in the shapes that ARM takes. */
import type { Disk, VirtualMachine } from "@azure/arm-compute";
import type { DiskRequest, NetworkInterfaceRequest } from "../operations/arm-resources.ts";
import type { AttachedDiskRequest, VirtualMachineRequest } from "../restores/vm-request.ts";

export const diskBodyOf = (request: DiskRequest): Disk => ({
  ...commonOf(request),
  ...zonesOf(request),
  sku: { name: request.sku },
  creationData: { createOption: "Restore", sourceResourceId: request.diskRestorePointId },
  ...(request.sizeInGB === undefined ? {} : { diskSizeGB: request.sizeInGB }),
});

/** As it is sent: no client library is between. */
export function networkInterfaceBodyOf(request: NetworkInterfaceRequest) {
  const { subnetId, networkSecurityGroupId, acceleratedNetworking } = request;
  const address = {
    subnet: { id: subnetId },
    privateIPAllocationMethod: "Dynamic",
    primary: true,
  };
  return {
    ...commonOf(request),
    properties: {
      ...(acceleratedNetworking === undefined
        ? {}
        : { enableAcceleratedNetworking: acceleratedNetworking }),
      ...(networkSecurityGroupId === undefined
        ? {}
        : { networkSecurityGroup: { id: networkSecurityGroupId } }),
      ipConfigurations: [{ name: "ipconfig1", properties: address }],
    },
  };
}

/** Without osProfile, which Azure refuses for disks that are attached. The client leaves out what is undefined. */
export function virtualMachineBodyOf(request: VirtualMachineRequest): VirtualMachine {
  const { size, networkInterfaceId, recorded } = request;
  const { vmSizeProperties, plan, securityProfile, licenseType, additionalCapabilities } = recorded;
  return {
    ...commonOf(request),
    ...zonesOf(request),
    plan,
    identity: identityOf(recorded),
    hardwareProfile: { vmSize: size, vmSizeProperties },
    storageProfile: storageProfileOf(request),
    networkProfile: {
      networkInterfaces: [{ id: networkInterfaceId, primary: true, deleteOption: "Detach" }],
    },
    securityProfile,
    licenseType,
    additionalCapabilities,
    diagnosticsProfile: { bootDiagnostics: { enabled: true } },
  } as VirtualMachine;
}

const commonOf = ({ location, tags }: Pick<DiskRequest, "location" | "tags">) => ({
  location,
  tags: { ...tags },
});

const zonesOf = ({ zone }: Pick<DiskRequest, "zone">) =>
  zone === undefined ? {} : { zones: [zone] };

function storageProfileOf({ disks, osType, recorded }: VirtualMachineRequest) {
  const { diskControllerType } = recorded;
  const [osDisk] = disks.filter(({ lun }) => lun === undefined);
  if (osDisk === undefined) throw new Error("A VM needs an OS disk.");
  const dataDisks = disks.flatMap((disk) =>
    disk.lun === undefined ? [] : [{ lun: disk.lun, ...attached(disk) }],
  );
  return { osDisk: { osType, ...attached(osDisk) }, dataDisks, diskControllerType };
}

/** The disks outlive the VM, as those of a restore without one do. */
const attached = ({ id, caching, writeAcceleratorEnabled }: AttachedDiskRequest) => ({
  createOption: "Attach",
  managedDisk: { id },
  caching,
  writeAcceleratorEnabled,
  deleteOption: "Detach",
});

/** Only the ids of what it is assigned: what Azure tells of each is not taken back. */
function identityOf({ identity }: VirtualMachineRequest["recorded"]) {
  if (identity?.type === undefined) return undefined;
  const ids = Object.keys(identity.userAssignedIdentities ?? {});
  const assigned = Object.fromEntries(ids.map((id) => [id, {}]));
  return {
    type: identity.type,
    ...(ids.length === 0 ? {} : { userAssignedIdentities: assigned }),
  };
}
