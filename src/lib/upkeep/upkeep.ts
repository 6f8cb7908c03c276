/** What the upkeep of one VM's restore points goes by, and what it comes to. */
import type { Protection } from "../fleet/protection.ts";
import type { Point } from "../fleet/restore-point.ts";
import type { Copy } from "../fleet/restore-point-copy.ts";
import type { DiskLock } from "../grants/disk-locks.ts";
import type { OperationId } from "../operations/operation-id.ts";
import type { AzureLimits } from "../policy/azure-limits.ts";
import type { PolicySet } from "../policy/policy-store.ts";
import type { CopyChoice } from "./choose-copies.ts";

export interface UpkeepInput {
  readonly protection: Protection;
  readonly policies: PolicySet;
  readonly points: readonly Point[];
  readonly copies: readonly Copy[];
  /** Disks that somebody may read. */
  readonly locks: readonly DiskLock[];
  /** Restore points of the VM that are not in our catalogue. */
  readonly others: number;
  readonly limits: AzureLimits;
  readonly now: Date;
}

export interface PlannedDeletion {
  readonly point: string;
  /** Of the copy; left out for the restore point itself. */
  readonly region?: string | undefined;
  /** A sentence. */
  readonly reason: string;
  /** Whether it ends the access to its disks, instead of waiting. */
  readonly endsGrants: boolean;
  /** Its operation, if it has one already. */
  readonly operation?: OperationId;
}

export interface NearLimit {
  readonly ours: number;
  /** Of other products, made by hand, or on their way in or out. */
  readonly others: number;
  readonly most: number;
}

export interface Upkeep {
  readonly deletions: readonly PlannedDeletion[];
  readonly copies: readonly CopyChoice[];
  /** Rows of failed attempts that have told their reason long enough. */
  readonly forgotten: readonly (Point | Copy)[];
  /** Set when the VM has more restore points than shall be, whether or not that can be helped. */
  readonly nearLimit?: NearLimit;
  /** When something may have to be done though nothing happens to the VM. */
  readonly wakeAt: Date | undefined;
}
