/**
 * The port to Azure Resource Manager. What ARM answers is a value, also when it refuses: only the caller knows
 * whether that is the end, a reason to wait, or news.
 */
import type { VirtualMachine } from "../fleet/virtual-machine.ts";
import type { VmKey } from "../fleet/vm-key.ts";
import type { ArmProblem } from "./arm-problem.ts";

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
}

export interface CollectionRequest {
  readonly id: string;
  readonly location: string;
  readonly sourceVmId: string;
}

export interface RestorePointRequest {
  readonly id: string;
  /** Azure takes only this value; application consistency is asked for by leaving it out. */
  readonly consistencyMode?: "CrashConsistent";
  readonly excludeDiskIds: readonly string[];
}

/** One look at an asynchronous operation. */
export type Look =
  | { readonly kind: "running"; readonly retryAfterMs?: number }
  | { readonly kind: "succeeded" }
  | { readonly kind: "failed"; readonly error: ArmProblem };

export interface Arm {
  getVirtualMachine(vm: VmKey): Promise<{ kind: "found"; vm: VirtualMachine } | ArmFailure>;
  /** How many VMs may attach a disk at once. */
  getDiskShares(diskId: string): Promise<{ kind: "found"; maxShares: number } | ArmFailure>;
  /** Synchronous in Azure: done is done. */
  putRestorePointCollection(request: CollectionRequest): Promise<{ kind: "done" } | ArmFailure>;
  /** One request, never repeated by the client. */
  putRestorePoint(
    request: RestorePointRequest,
  ): Promise<{ kind: "accepted"; statusUrl?: string; retryAfterMs?: number } | ArmFailure>;
  getRestorePoint(
    id: string,
  ): Promise<{ kind: "found"; restorePoint: RestorePointReading } | ArmFailure>;
  /** One GET of a status URL. A URL that is not on the configured ARM endpoint is never followed. */
  look(statusUrl: string): Promise<Look | ArmFailure>;
}
