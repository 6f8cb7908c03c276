/** A virtual machine as ARM answers it. */
import type { Emulator } from "../../emulator.ts";
import { regionOf } from "../../region.ts";
import type { DiskReference, VirtualMachine } from "../../state/state.ts";
import { sizeInGB } from "../disks/size.ts";

export const VIRTUAL_MACHINE_TYPE = "Microsoft.Compute/virtualMachines";

type Known = Pick<Emulator, "state">;

export function renderVirtualMachine(emulator: Known, vm: VirtualMachine, instanceView = false) {
  return {
    id: vm.id,
    name: vm.name,
    type: VIRTUAL_MACHINE_TYPE,
    location: regionOf(vm.location),
    ...(vm.tags ? { tags: vm.tags } : {}),
    ...(vm.zones ? { zones: vm.zones } : {}),
    ...(vm.identity === undefined ? {} : { identity: vm.identity }),
    ...(vm.plan === undefined ? {} : { plan: vm.plan }),
    etag: `"${vm.revision}"`,
    properties: {
      ...vm.properties,
      vmId: vm.vmId,
      provisioningState: vm.provisioningState,
      timeCreated: vm.timeCreated,
      storageProfile: renderStorageProfile(emulator, vm),
      ...(instanceView ? { instanceView: renderInstanceView(emulator, vm) } : {}),
    },
  };
}

function renderStorageProfile(emulator: Known, { disks, imageReference }: VirtualMachine) {
  const rendered = disks.map((disk) => ({ lun: disk.lun, body: renderDisk(emulator, disk) }));
  return {
    ...(imageReference === undefined ? {} : { imageReference }),
    osDisk: rendered.find(({ lun }) => lun === undefined)?.body,
    dataDisks: rendered.filter(({ lun }) => lun !== undefined).map(({ body }) => body),
    diskControllerType: "SCSI",
  };
}

function renderDisk({ state }: Known, reference: DiskReference) {
  const disk = state.disks.get(reference.diskId);
  return {
    ...(reference.lun === undefined ? { osType: reference.osType } : { lun: reference.lun }),
    name: reference.name,
    createOption: reference.createOption,
    caching: reference.caching,
    writeAcceleratorEnabled: reference.writeAcceleratorEnabled,
    ...(reference.ephemeral ? { diffDiskSettings: { option: "Local" } } : {}),
    managedDisk: { id: reference.diskId, ...(disk ? { storageAccountType: disk.sku } : {}) },
    ...(disk ? { diskSizeGB: sizeInGB(disk) } : {}),
    deleteOption: reference.deleteOption,
    ...(reference.lun === undefined ? {} : { toBeDetached: false }),
  };
}

/** Only a running VM has an agent that reports. */
export function renderInstanceView(
  { state }: Known,
  { powerState, provisioningState, disks, properties }: VirtualMachine,
) {
  const running = powerState === "running";
  const status = (code: string, displayStatus: string) => ({ code, level: "Info", displayStatus });
  return {
    ...(running ? { computerName: nameIn(properties["osProfile"]) } : {}),
    ...(running
      ? {
          vmAgent: {
            vmAgentVersion: "2.9.1.1",
            statuses: [status("ProvisioningState/succeeded", "Ready")],
          },
        }
      : {}),
    disks: disks
      .flatMap(({ diskId }) => state.disks.get(diskId) ?? [])
      .map(({ name }) => ({
        name,
        statuses: [status("ProvisioningState/succeeded", "Provisioning succeeded")],
      })),
    hyperVGeneration: "V2",
    statuses: [
      status(
        `ProvisioningState/${provisioningState.toLowerCase()}`,
        `Provisioning ${provisioningState.toLowerCase()}`,
      ),
      status(`PowerState/${powerState}`, `VM ${powerState}`),
    ],
  };
}

const nameIn = (osProfile: unknown): unknown =>
  typeof osProfile === "object" && osProfile !== null && "computerName" in osProfile
    ? osProfile.computerName
    : undefined;
