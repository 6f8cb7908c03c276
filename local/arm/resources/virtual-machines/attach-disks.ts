/** The disks that a virtual machine's PUT names: those that exist are attached, the others are to be made. */
import { randomUUID } from "node:crypto";
import type { Emulator } from "../../emulator.ts";
import { ArmError, invalidParameter, notAllowed } from "../../http/arm-error.ts";
import { sameId } from "../../paths.ts";
import { activeAccessOf } from "../../rules/active-access.ts";
import type { Disk, DiskReference, VirtualMachine } from "../../state/state.ts";
import { GIB } from "../disks/size.ts";
import type { AttachedDiskBody, VirtualMachineBody } from "./body.ts";

const DEFAULT_SIZE_IN_GB = 30;

export interface Owner {
  /** The VM's id: new disks are made beside it. */
  readonly id: string;
  readonly name: string;
  readonly body: VirtualMachineBody;
  readonly before: VirtualMachine | undefined;
}

export interface Attached {
  /** OS disk first. */
  readonly references: readonly DiskReference[];
  readonly newDisks: readonly Disk[];
}

/** Changes nothing. Throws when one of them cannot be had. */
export function attachDisks(emulator: Emulator, owner: Owner): Attached {
  const { osDisk, dataDisks } = owner.body.properties.storageProfile;
  const osType = osDisk.osType ?? owner.before?.disks[0]?.osType ?? "Linux";
  const os = attach(emulator, owner, osDisk, {
    path: "properties.storageProfile.osDisk",
    defaultName: `${owner.name}_OsDisk_1`,
    osType,
  });
  const data = dataDisks.flatMap((disk, index) => {
    if (disk.toBeDetached === true) return [];
    const path = `properties.storageProfile.dataDisks[${index}]`;
    const defaultName = `${owner.name}_DataDisk_${disk.lun}`;
    return [attach(emulator, owner, disk, { path, defaultName, lun: disk.lun })];
  });
  const ephemeral = osDisk.diffDiskSettings !== undefined && osDisk.diffDiskSettings !== null;
  const references = [
    { ...os.reference, ephemeral },
    ...data.map(({ reference }) => ({ ...reference, ephemeral: false })),
  ];
  demandDistinct(references);
  return { references, newDisks: [os, ...data].flatMap(({ made }) => (made ? [made] : [])) };
}

interface Place {
  readonly path: string;
  readonly defaultName: string;
  readonly osType?: string;
  readonly lun?: number;
}

function attach(
  emulator: Emulator,
  owner: Owner,
  disk: AttachedDiskBody,
  { path, defaultName, osType, lun }: Place,
): { reference: Omit<DiskReference, "ephemeral">; made: Disk | undefined } {
  if (disk.vhd) throw invalidParameter(`${path}.vhd`, "unmanaged disks are not supported.");
  const asked = disk.managedDisk?.id;
  const name = disk.name ?? (asked ? asked.slice(asked.lastIndexOf("/") + 1) : defaultName);
  const diskId = asked ?? owner.id.replace(/\/virtualMachines\/[^/]+$/i, `/disks/${name}`);
  if (disk.createOption === "Attach" && asked === undefined) {
    throw invalidParameter(`${path}.managedDisk.id`, "is required to attach a disk.");
  }
  const existing = emulator.state.disks.get(diskId);
  if (existing) demandAttachable(emulator, owner, existing, disk);
  else demandToBeMade(disk, path, name);
  const reference = {
    name,
    diskId: existing?.id ?? diskId,
    createOption: disk.createOption,
    deleteOption: disk.deleteOption ?? "Detach",
    osType,
    caching: disk.caching ?? (lun === undefined ? "ReadWrite" : "None"),
    writeAcceleratorEnabled: disk.writeAcceleratorEnabled ?? false,
    ...(lun === undefined ? {} : { lun }),
  };
  return { reference, made: existing ? undefined : newDisk(emulator, owner, disk, diskId, osType) };
}

function demandToBeMade(
  { createOption, managedDisk }: AttachedDiskBody,
  path: string,
  name: string,
): void {
  if (createOption === "Attach") {
    throw new ArmError(404, "NotFound", `Disk ${name} is not found.`, { target: path });
  }
  if (managedDisk?.id === undefined) return;
  throw invalidParameter(
    `${path}.managedDisk.id`,
    `there is no disk ${managedDisk.id}, and one that is to be made is named by its name.`,
  );
}

function newDisk(
  { clock }: Emulator,
  { body }: Owner,
  disk: AttachedDiskBody,
  id: string,
  osType: string | undefined,
): Disk {
  const fromImage = disk.createOption === "FromImage";
  const { imageReference } = body.properties.storageProfile;
  return {
    id,
    name: id.slice(id.lastIndexOf("/") + 1),
    location: body.location,
    tags: undefined,
    zones: body.zones ?? undefined,
    sku: disk.managedDisk?.storageAccountType ?? "Standard_LRS",
    sizeInBytes: (disk.diskSizeGB ?? DEFAULT_SIZE_IN_GB) * GIB,
    managedBy: [],
    uniqueId: randomUUID(),
    familyId: randomUUID(),
    timeCreated: clock.iso(),
    creationData: {
      createOption: disk.createOption,
      ...(fromImage && imageReference ? { imageReference: { id: idOfImage(imageReference) } } : {}),
    },
    properties: osType ? { osType } : {},
    provisioningState: "Succeeded",
  };
}

const idOfImage = (reference: unknown): unknown =>
  typeof reference === "object" && reference !== null && "id" in reference
    ? reference.id
    : undefined;

/** A disk is of one VM, unless it is shared; one that is uploaded or exported is of none. */
function demandAttachable(
  emulator: Emulator,
  { id: vmId, before }: Owner,
  disk: Disk,
  { createOption }: AttachedDiskBody,
): void {
  const isAttached = before?.disks.some(({ diskId }) => sameId(diskId, disk.id)) ?? false;
  if (isAttached) return;
  if (createOption !== "Attach") {
    throw new ArmError(
      409,
      "ConflictingUserInput",
      `Disk '${disk.name}' already exists. Only CreateOption.Attach is supported.`,
    );
  }
  if (disk.upload) throw notAllowed(`Disk ${disk.name} cannot be attached while it is uploaded.`);
  if (activeAccessOf(emulator, disk.id)) {
    throw notAllowed(`Disk ${disk.name} has an active shared access signature.`);
  }
  const maxShares = Number(disk.properties["maxShares"] ?? 1);
  const owners = disk.managedBy.filter((id) => !sameId(id, vmId));
  if (owners.length < maxShares) return;
  throw new ArmError(
    409,
    "AttachDiskWhileBeingDetached",
    `Disk '${disk.name}' cannot be attached as the disk is already owned by VM '${owners[0]}'.`,
  );
}

function demandDistinct(references: readonly DiskReference[]): void {
  const luns = references.flatMap(({ lun }) => (lun === undefined ? [] : [lun]));
  const ids = references.map(({ diskId }) => diskId.toLowerCase());
  const path = "properties.storageProfile.dataDisks";
  if (new Set(luns).size < luns.length) throw invalidParameter(path, "two disks have one lun.");
  if (new Set(ids).size < ids.length) throw invalidParameter(path, "a disk is named twice.");
}
