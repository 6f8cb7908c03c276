/** The disks that a virtual machine's PUT names: those that exist are attached, the others made. */
import { ArmError, invalidParameter } from "../http/arm-error.ts";
import type { DiskReference, Emulator } from "../state.ts";
import { createDisk } from "./disks.ts";
import type { AttachedDiskBody, VirtualMachineBody } from "./virtual-machine-body.ts";

const DEFAULT_SIZE = 30;

export interface Owner {
  /** The VM's id: new disks are made beside it. */
  readonly id: string;
  readonly name: string;
  readonly body: VirtualMachineBody;
}

/** OS disk first. */
export async function attachDisks(emulator: Emulator, owner: Owner): Promise<DiskReference[]> {
  const { osDisk, dataDisks } = owner.body.properties.storageProfile;
  const os = await attach(
    emulator,
    owner,
    osDisk,
    `${owner.name}_OsDisk_1`,
    osDisk.osType ?? "Linux",
  );
  const references = [{ ...os, ephemeral: osDisk.diffDiskSettings !== undefined }];
  for (const disk of dataDisks) {
    const data = await attach(
      emulator,
      owner,
      disk,
      `${owner.name}_DataDisk_${disk.lun}`,
      undefined,
    );
    references.push({ ...data, lun: disk.lun, ephemeral: false });
  }
  return references;
}

async function attach(
  emulator: Emulator,
  { id: vmId, body }: Owner,
  disk: AttachedDiskBody,
  defaultName: string,
  osType: string | undefined,
): Promise<Omit<DiskReference, "ephemeral">> {
  const asked = disk.managedDisk?.id;
  const name = disk.name ?? (asked ? asked.slice(asked.lastIndexOf("/") + 1) : defaultName);
  const diskId = asked ?? vmId.replace(/\/virtualMachines\/[^/]+$/i, `/disks/${name}`);
  if (disk.createOption === "Attach" && asked === undefined) {
    throw invalidParameter("storageProfile: a disk to attach needs managedDisk.id.");
  }
  const existing = emulator.state.disks.get(diskId);
  if (existing === undefined) {
    if (disk.createOption === "Attach") {
      throw new ArmError(404, "NotFound", `Disk ${name} is not found.`);
    }
    const { location, zones } = body;
    const sku = disk.managedDisk?.storageAccountType ?? "Standard_LRS";
    const sizeInGB = disk.diskSizeGB ?? DEFAULT_SIZE;
    await createDisk(emulator, { id: diskId, location, zones, sizeInGB, sku, osType });
  }
  return {
    name,
    diskId: existing?.id ?? diskId,
    osType,
    caching: disk.caching ?? "None",
    writeAcceleratorEnabled: disk.writeAcceleratorEnabled ?? false,
  };
}
