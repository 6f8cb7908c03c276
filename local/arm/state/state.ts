/**
 * What exists, as plain JSON: instants are ISO 8601 in UTC, ids keep the spelling of whoever made the resource. A
 * resource is never changed in place, so that restore points can share what they keep of it.
 */
import type { Access } from "../disk-endpoint/access.ts";
import type { Operation } from "../operations/operation.ts";
import type { Journal } from "./journal.ts";
import { ResourceMap } from "./resource-map.ts";
import type { SharedParts } from "./shared-parts.ts";

export type Tags = Readonly<Record<string, string>>;
export type Json = Readonly<Record<string, unknown>>;

export interface ResourceGroup {
  readonly id: string;
  readonly name: string;
  /** Another group of the same name is another one. */
  readonly incarnation?: string | undefined;
  readonly location: string;
  readonly tags?: Tags | undefined;
  readonly provisioningState: "Succeeded" | "Deleting";
}

export interface DiskReference {
  readonly name: string;
  /** Absent for the OS disk. */
  readonly lun?: number;
  readonly diskId: string;
  readonly createOption: string;
  readonly deleteOption: string;
  readonly osType?: string | undefined;
  readonly caching: string;
  readonly writeAcceleratorEnabled: boolean;
  readonly ephemeral: boolean;
}

export interface VirtualMachine {
  readonly id: string;
  readonly name: string;
  readonly location: string;
  readonly tags: Tags | undefined;
  readonly zones: readonly string[] | undefined;
  readonly identity: unknown;
  readonly plan: unknown;
  readonly vmId: string;
  readonly timeCreated: string;
  /** Rises with every change. */
  readonly revision: number;
  /** Everything in `properties` that the emulator does not look into, without secrets. */
  readonly properties: Json;
  readonly customDataHash?: string | undefined;
  readonly imageReference: unknown;
  /** OS disk first. */
  readonly disks: readonly DiskReference[];
  readonly powerState: "running" | "stopped" | "deallocated";
  readonly provisioningState: "Creating" | "Updating" | "Succeeded" | "Failed" | "Deleting";
  /** After a failure of VSS: how many more restore points are file-system-consistent. */
  readonly fallbacksLeft?: number;
}

export interface Disk {
  readonly id: string;
  readonly name: string;
  readonly location: string;
  readonly tags: Tags | undefined;
  readonly zones: readonly string[] | undefined;
  readonly sku: string;
  readonly sizeInBytes: number;
  /** Names the disk's bytes: another disk under the same id is another one. */
  readonly uniqueId: string;
  /** Of the disk's restore points: the family of incremental snapshots. */
  readonly familyId: string;
  readonly timeCreated: string;
  readonly creationData: Json;
  /** Everything else in `properties` that a client may give. */
  readonly properties: Json;
  /** The VMs that it is attached to: several only when it is shared. */
  readonly managedBy: readonly string[];
  /** `Write` was granted and not yet ended, or nothing was uploaded yet. */
  readonly upload?: "ReadyToUpload" | "ActiveUpload" | undefined;
  readonly provisioningState: "Creating" | "Updating" | "Succeeded" | "Deleting";
}

export interface NetworkInterface {
  readonly id: string;
  readonly name: string;
  readonly location: string;
  readonly tags: Tags | undefined;
  readonly resourceGuid: string;
  readonly revision: number;
  readonly properties: Json;
}

export interface VirtualNetwork extends NetworkInterface {
  readonly properties: Json & {
    readonly addressSpace: { readonly addressPrefixes: readonly string[] };
  };
  readonly subnets: readonly Subnet[];
}

export interface Subnet {
  readonly name: string;
  readonly properties: Json & { readonly addressPrefix: string };
}

export interface RestorePointCollection {
  readonly id: string;
  readonly name: string;
  readonly location: string;
  readonly tags: Tags | undefined;
  readonly collectionId: string;
  readonly source: CollectionSource;
  readonly instantAccess?: boolean | undefined;
  readonly provisioningState: "Succeeded" | "Deleting";
}

export interface CollectionSource {
  readonly kind: "virtualMachine" | "collection";
  readonly id: string;
  /** As the VM spells it, which is not how the collection does (recorded). */
  readonly location: string;
  /** The GUID of the VM that the collection was made for: another VM under the same id is another source. */
  readonly vmGuid?: string;
}

export interface DiskRestorePoint {
  readonly name: string;
  readonly lun?: number | undefined;
  /** The disk as it was. Its `uniqueId` names the lineage of the bytes. */
  readonly source: Disk;
  /** Where in its disk's lineage this is. */
  readonly epoch: number;
  /** Absent when nothing was ever written to the disk. */
  readonly snapshot?: string | undefined;
  readonly familyId: string;
  readonly encryption?: Json | undefined;
  /** Of a copy. */
  readonly sourceName?: string | undefined;
}

export interface RestorePoint {
  readonly id: string;
  readonly name: string;
  /** The collection's region. */
  readonly location: string;
  readonly timeCreated: string;
  readonly requestedMode?: "CrashConsistent" | undefined;
  /** When it succeeded. */
  readonly completedAt?: string | undefined;
  /** What was obtained; known when it succeeded. */
  readonly consistencyMode?: ConsistencyMode | undefined;
  readonly excludeDiskIds: readonly string[];
  /** The VM as it was when the restore point was asked for. */
  readonly source: VirtualMachine;
  readonly provisioningState: "Creating" | "Succeeded" | "Failed" | "Deleting";
  readonly disks: readonly DiskRestorePoint[];
  readonly instantAccessDurationMinutes?: number | undefined;
  readonly copy?: Copy | undefined;
}

export type ConsistencyMode = "ApplicationConsistent" | "FileSystemConsistent" | "CrashConsistent";

interface Copy {
  readonly sourceRestorePointId: string;
  readonly sourceTimeCreated: string;
  /** Bytes begin to arrive then; until it ends the point is not whole, whatever provisioningState says. */
  readonly startedAt?: string;
  readonly durationMs: number;
  /** It stops half-way, and is Failed. */
  readonly failure?: true;
}

export interface Feature {
  readonly id: string;
  readonly name: string;
  readonly state: "NotRegistered" | "Pending" | "Registered" | "Unregistered";
}

export interface EventSubscriptionRecord {
  readonly id: string;
  readonly name: string;
  readonly properties: Json;
}

export type State = ReturnType<typeof createState>;

export const createState = (journal: Journal, sharedParts: SharedParts) => ({
  resourceGroups: new ResourceMap<ResourceGroup>(journal, "resourceGroups"),
  virtualMachines: new ResourceMap<VirtualMachine>(journal, "virtualMachines"),
  disks: new ResourceMap<Disk>(journal, "disks"),
  networkInterfaces: new ResourceMap<NetworkInterface>(journal, "networkInterfaces"),
  virtualNetworks: new ResourceMap<VirtualNetwork>(journal, "virtualNetworks"),
  collections: new ResourceMap<RestorePointCollection>(journal, "collections"),
  restorePoints: new ResourceMap<RestorePoint>(journal, "restorePoints", sharedParts.of),
  accesses: new ResourceMap<Access>(journal, "accesses"),
  features: new ResourceMap<Feature>(journal, "features"),
  eventSubscriptions: new ResourceMap<EventSubscriptionRecord>(journal, "eventSubscriptions"),
  operations: new ResourceMap<Operation>(journal, "operations"),
});
