/** Everything that exists, and what the handlers share. Resources are kept in memory, bytes in storage. */
import type { ResourceChange } from "../event-grid/resource-change.ts";
import type { DiskBlob, DiskBytes } from "./disk-bytes.ts";
import type { Faults } from "./faults.ts";
import type { Operations } from "./operations.ts";
import type { ResourceMap } from "./resource-map.ts";
import type { ArmSettings } from "./settings.ts";

export type Tags = Readonly<Record<string, string>>;
type Json = Readonly<Record<string, unknown>>;

export interface ResourceGroup {
  readonly id: string;
  readonly name: string;
  readonly location: string;
  readonly tags?: Tags | undefined;
}

export interface DiskReference {
  readonly name: string;
  /** Absent for the OS disk. */
  readonly lun?: number;
  readonly diskId: string;
  readonly osType?: string | undefined;
  readonly caching: string;
  readonly writeAcceleratorEnabled: boolean;
  readonly ephemeral: boolean;
}

export interface VirtualMachine {
  readonly id: string;
  readonly name: string;
  readonly location: string;
  tags: Tags | undefined;
  readonly zones: readonly string[] | undefined;
  readonly identity: unknown;
  readonly vmId: string;
  readonly timeCreated: Date;
  /** Everything in `properties` that the emulator does not look into. */
  readonly properties: Json;
  /** OS disk first. */
  readonly disks: readonly DiskReference[];
  powerState: "running" | "stopped" | "deallocated";
}

export interface Disk {
  readonly id: string;
  readonly name: string;
  readonly location: string;
  tags: Tags | undefined;
  readonly zones: readonly string[] | undefined;
  sku: string;
  sizeInGB: number;
  readonly osType: string | undefined;
  readonly maxShares: number;
  readonly uniqueId: string;
  /** Of the disk's restore points: the family of incremental snapshots. */
  readonly familyId: string;
  readonly timeCreated: Date;
  readonly bytes: DiskBlob;
}

export interface RestorePointCollection {
  readonly id: string;
  readonly name: string;
  readonly location: string;
  tags: Tags | undefined;
  readonly collectionId: string;
  /** As the VM spells it, which is not how the collection does (recorded). */
  readonly sourceLocation: string;
  readonly sourceVmId: string;
  /** The GUID of the VM that the collection was made for: another VM under the same id is another source. */
  readonly sourceVmGuid: string;
}

export interface DiskRestorePoint {
  readonly id: string;
  readonly name: string;
  readonly disk: DiskReference;
  readonly source: Disk;
  readonly sizeInGB: number;
  readonly bytes: DiskBlob;
}

export interface RestorePoint {
  readonly id: string;
  readonly name: string;
  readonly timeCreated: Date;
  readonly requestedMode: "CrashConsistent" | undefined;
  readonly excludeDiskIds: readonly string[];
  /** The VM as it was when the restore point was asked for. */
  readonly source: VirtualMachine;
  provisioningState: "Creating" | "Succeeded" | "Failed" | "Deleting";
  diskRestorePoints: readonly DiskRestorePoint[];
}

interface State {
  readonly resourceGroups: ResourceMap<ResourceGroup>;
  readonly virtualMachines: ResourceMap<VirtualMachine>;
  readonly disks: ResourceMap<Disk>;
  readonly collections: ResourceMap<RestorePointCollection>;
  readonly restorePoints: ResourceMap<RestorePoint>;
}

/** What a handler works with. */
export interface Emulator {
  readonly state: State;
  readonly settings: ArmSettings;
  readonly operations: Operations;
  readonly bytes: DiskBytes;
  readonly faults: Faults;
  readonly changed: (change: ResourceChange) => void;
}
