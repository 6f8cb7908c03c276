/**
 * The port to Azure Resource Manager. What ARM answers is a value, also when it refuses: only the caller knows
 * whether that is the end, a reason to wait, or news.
 */
import type { VirtualMachine } from "../fleet/virtual-machine.ts";
import type { VmKey } from "../fleet/vm-key.ts";
import type { Sas } from "../grants/sas.ts";
import type { ArmProblem } from "./arm-problem.ts";
import type { ArmResources } from "./arm-resources.ts";

export type ArmFailure =
  /** 429: not now. */
  | {
      readonly kind: "throttled";
      readonly retryAfterMs: number;
      /** Whether the budget of the subscription is used up, not only the one of this resource. */
      readonly subscriptionWide: boolean;
      readonly error: ArmProblem;
    }
  /** 5xx, a time-out or a dropped connection: nobody knows whether the request was carried out. */
  | { readonly kind: "unsettled"; readonly error: ArmProblem }
  | { readonly kind: "notFound"; readonly error: ArmProblem }
  /** Every other 4xx. `conflict` is a 409: often the resource is there already. */
  | { readonly kind: "refused"; readonly conflict: boolean; readonly error: ArmProblem };

export interface RestorePointDisk {
  readonly name: string;
  readonly diskId?: string;
  /** Absent for the OS disk. */
  readonly lun?: number;
  readonly sizeInGB?: number;
  /** Known once the restore point has succeeded. */
  readonly diskRestorePointId?: string;
}

export interface RestorePointReading {
  readonly id: string;
  /** `Creating`, `Succeeded`, `Failed` or `Deleting`. */
  readonly provisioningState: string;
  /** What Azure obtained, which need not be what was asked for. */
  readonly consistencyMode?: string;
  readonly timeCreated?: string;
  readonly disks: readonly RestorePointDisk[];
  /** Of a copy. */
  readonly sourceRestorePointId?: string;
}

/** How far a copy in another region is. Azure calls the restore point itself Succeeded as soon as copying began. */
export interface Replication {
  /** Of the disk that is furthest behind. */
  readonly percent: number;
  readonly state: "running" | "succeeded" | "failed";
  readonly message?: string;
  /** Whether Azure still prepares the snapshot of a disk, which cannot be restored from until then. */
  readonly snapshotPending?: boolean;
}

export interface CollectionReading {
  readonly id: string;
  readonly location: string;
  /** A VM, or the collection that this one's restore points are copied from. */
  readonly sourceId?: string;
  /** Whether it carries our tag: other products' collections are never touched. */
  readonly managed: boolean;
  readonly provisioningState: string;
}

export interface CollectionRequest {
  readonly id: string;
  readonly location: string;
  /** The VM's id; for copies the id of the collection that they come from. */
  readonly sourceId: string;
}

export interface RestorePointRequest {
  readonly id: string;
  /** Azure takes only this value; application consistency is asked for by leaving it out. */
  readonly consistencyMode?: "CrashConsistent";
  readonly excludeDiskIds: readonly string[];
}

export interface CopyRequest {
  readonly id: string;
  readonly sourceRestorePointId: string;
}

/** ARM has taken the request, and works on it. */
export interface Accepted {
  readonly kind: "accepted";
  readonly statusUrl?: string;
  readonly retryAfterMs?: number;
}

export interface AccessAccepted extends Accepted {
  /** Where the SAS can be had once the operation has succeeded. No secret: it opens nothing without our token. */
  readonly resultUrl?: string;
}

export interface AccessRequest {
  /** ARM id of a disk restore point. */
  readonly id: string;
  /** How long the SAS lives. */
  readonly seconds: number;
}

/** One look at an asynchronous operation. */
export type Look =
  | { readonly kind: "running"; readonly retryAfterMs?: number }
  | { readonly kind: "succeeded" }
  | { readonly kind: "failed"; readonly error: ArmProblem };

export interface Arm extends ArmResources {
  getVirtualMachine(vm: VmKey): Promise<{ kind: "found"; vm: VirtualMachine } | ArmFailure>;
  /** How many VMs may attach a disk at once. */
  getDiskShares(diskId: string): Promise<{ kind: "found"; maxShares: number } | ArmFailure>;
  /** Synchronous in Azure: done is done. */
  putRestorePointCollection(request: CollectionRequest): Promise<{ kind: "done" } | ArmFailure>;
  /** One request, never repeated by the client. */
  putRestorePoint(request: RestorePointRequest): Promise<Accepted | ArmFailure>;
  /** Likewise, of a copy. Its collection must be there. */
  copyRestorePoint(request: CopyRequest): Promise<Accepted | ArmFailure>;
  /** One request. Done: there was nothing to wait for. */
  deleteRestorePoint(id: string): Promise<Accepted | { kind: "done" } | ArmFailure>;
  deleteRestorePointCollection(id: string): Promise<Accepted | { kind: "done" } | ArmFailure>;
  getRestorePoint(
    id: string,
  ): Promise<{ kind: "found"; restorePoint: RestorePointReading } | ArmFailure>;
  getReplication(
    id: string,
  ): Promise<
    { kind: "found"; restorePoint: RestorePointReading; replication: Replication } | ArmFailure
  >;
  /** One page. The continuation is ARM's own link to the next one. */
  listVirtualMachines(
    subscriptionId: string,
    continuation?: string,
  ): Promise<{ kind: "page"; vms: VirtualMachine[]; continuation?: string } | ArmFailure>;
  listRestorePointCollections(
    subscriptionId: string,
    continuation?: string,
  ): Promise<
    { kind: "page"; collections: CollectionReading[]; continuation?: string } | ArmFailure
  >;
  /** With all its restore points: expensive for Azure, so never in a hot path. */
  getRestorePointCollection(id: string): Promise<
    | {
        kind: "found";
        collection: CollectionReading & { readonly restorePoints: readonly RestorePointReading[] };
      }
    | ArmFailure
  >;
  /**
   * Access to read. One request, never repeated by the client. There is one SAS for a disk restore point: while it
   * lives, a second request makes it live longer, and gives the same.
   */
  beginGetAccess(request: AccessRequest): Promise<AccessAccepted | ArmFailure>;
  /** One request. `id`: ARM id of the disk restore point. A success also when there is nothing to end. */
  endGetAccess(id: string): Promise<Accepted | { kind: "done" } | ArmFailure>;
  /**
   * One GET of the result URL of a beginGetAccess that has ended. Not found: ARM no longer has it. A URL that is not
   * on the configured ARM endpoint is never followed.
   */
  getAccess(resultUrl: string): Promise<{ kind: "found"; sas: Sas } | ArmFailure>;
  /** One GET of a status URL. A URL that is not on the configured ARM endpoint is never followed. */
  look(statusUrl: string): Promise<Look | ArmFailure>;
}
