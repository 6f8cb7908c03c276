/** A virtual machine as ARM answers it. */
import { regionOf } from "../region.ts";
import type { DiskReference, Emulator, VirtualMachine } from "../state.ts";

export const VIRTUAL_MACHINE_TYPE = "Microsoft.Compute/virtualMachines";

export function renderVirtualMachine(
  emulator: Pick<Emulator, "state">,
  vm: VirtualMachine,
  instanceView = false,
) {
  return {
    id: vm.id,
    name: vm.name,
    type: VIRTUAL_MACHINE_TYPE,
    location: regionOf(vm.location),
    ...(vm.tags ? { tags: vm.tags } : {}),
    ...(vm.zones ? { zones: vm.zones } : {}),
    ...(vm.identity === undefined ? {} : { identity: vm.identity }),
    properties: {
      ...vm.properties,
      vmId: vm.vmId,
      provisioningState: "Succeeded",
      timeCreated: vm.timeCreated.toISOString(),
      storageProfile: renderStorageProfile(emulator, vm),
      ...(instanceView ? { instanceView: renderInstanceView(vm) } : {}),
    },
  };
}

function renderStorageProfile({ state }: Pick<Emulator, "state">, { disks }: VirtualMachine) {
  const rendered = disks.map((disk) => ({ lun: disk.lun, body: renderDisk(state, disk) }));
  return {
    osDisk: rendered.find(({ lun }) => lun === undefined)?.body,
    dataDisks: rendered.filter(({ lun }) => lun !== undefined).map(({ body }) => body),
    diskControllerType: "SCSI",
  };
}

function renderDisk(state: Emulator["state"], reference: DiskReference) {
  const disk = state.disks.get(reference.diskId);
  return {
    ...(reference.lun === undefined ? { osType: reference.osType } : { lun: reference.lun }),
    name: reference.name,
    createOption: "Attach",
    caching: reference.caching,
    ...(reference.writeAcceleratorEnabled ? { writeAcceleratorEnabled: true } : {}),
    ...(reference.ephemeral ? { diffDiskSettings: { option: "Local" } } : {}),
    managedDisk: { id: reference.diskId, ...(disk ? { storageAccountType: disk.sku } : {}) },
    ...(disk ? { diskSizeGB: disk.sizeInGB } : {}),
    deleteOption: "Detach",
  };
}

function renderInstanceView({ powerState }: VirtualMachine) {
  const running = powerState === "running";
  const status = (code: string, displayStatus: string) => ({ code, level: "Info", displayStatus });
  return {
    ...(running
      ? {
          vmAgent: {
            vmAgentVersion: "2.9.1.1",
            statuses: [status("ProvisioningState/succeeded", "Ready")],
          },
        }
      : {}),
    statuses: [
      status("ProvisioningState/succeeded", "Provisioning succeeded"),
      status(`PowerState/${powerState}`, `VM ${powerState}`),
    ],
  };
}
