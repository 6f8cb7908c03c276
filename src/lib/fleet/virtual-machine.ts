/** A virtual machine as Azure describes it, as far as its protection depends on it. */

/** A disk attached to a VM. */
export interface AttachedDisk {
  readonly name: string;
  /** ARM id of the managed disk; absent for unmanaged disks. */
  readonly id?: string;
  /** Absent for the OS disk. */
  readonly lun?: number;
  /** Disk SKU, e.g. `Premium_LRS`, `UltraSSD_LRS`. */
  readonly storageAccountType?: string;
  readonly caching?: string;
  readonly writeAccelerator: boolean;
  /** An ephemeral OS disk lives on the host and holds nothing that could be protected. */
  readonly ephemeral: boolean;
  /** How many VMs may attach it at once. The VM's model does not say; known after the disk itself was read. */
  readonly maxShares?: number;
}

export interface VirtualMachine {
  /** ARM id, as Azure spells it. */
  readonly id: string;
  readonly name: string;
  readonly resourceGroup: string;
  readonly location: string;
  /** The GUID that Azure gives a VM at creation: another VM under the same id has another one. */
  readonly vmId: string;
  /** Such as `Standard_D4s_v5`. */
  readonly vmSize?: string;
  /** When Azure says that the VM was created. */
  readonly timeCreated?: string;
  readonly tags: Readonly<Record<string, string>>;
  /** ARM id of the network interface that is the primary one, or the only one. */
  readonly networkInterfaceId?: string;
  /** OS disk first. */
  readonly disks: readonly AttachedDisk[];
  /** The whole answer, kept with each restore point for a later restore: it has the network interfaces, zones, identity and tags. */
  readonly model: unknown;
}

/** The value of a tag; tag names are case-insensitive in Azure. */
export function tagOf(vm: VirtualMachine, tagName: string): string | undefined {
  const wanted = tagName.toLowerCase();
  return Object.entries(vm.tags).find(([name]) => name.toLowerCase() === wanted)?.[1];
}
