/**
 * Which disk restore points of a VM are granted, and to whom: Azure keeps one SAS for each, and five for a disk's family.
 * All of a VM's are one row, changed by compare-and-set, so that a request for several disks gets all or none of them.
 *
 * https://learn.microsoft.com/azure/virtual-machines/disks-incremental-snapshots
 */
import * as z from "zod";
import { type VmKey, vmKeySchema } from "../fleet/vm-key.ts";
import type { EntityKey, TableDefinition } from "../state/entity-table.ts";
import { type GrantId, grantIdSchema, holderOfGrant } from "./grant-id.ts";

const lockSchema = z.object({
  grant: grantIdSchema,
  /** Name of the restore point, the copy's region if it is one, and the disk's name: together one disk restore point. */
  point: z.string(),
  region: z.string().optional(),
  disk: z.string(),
  family: z.string(),
  /** When it becomes free, as far as is known. */
  until: z.iso.datetime(),
});
export type DiskLock = z.infer<typeof lockSchema>;

const diskLocksSchema = z.object({ vm: vmKeySchema, locks: z.array(lockSchema) });
export type DiskLocks = z.infer<typeof diskLocksSchema>;

export const diskLocksKey = (vm: VmKey): EntityKey => ({ partitionKey: vm, rowKey: "locks" });

export const diskLocksTable: TableDefinition<DiskLocks> = {
  name: "locks",
  schema: diskLocksSchema,
  keyOf: ({ vm }) => diskLocksKey(vm),
};

const MOST_IN_A_FAMILY = 5;
/** Each disk of the largest VM, and a few more: all of a VM's fit into one column of a table's row. */
const MOST_OF_A_VM = 70;

export type Refusal =
  | { readonly kind: "heldByAnother"; readonly disk: string; readonly freeAt: string }
  | { readonly kind: "familyFull"; readonly disk: string; readonly freeAt: string }
  | { readonly kind: "vmFull"; readonly disk: string; readonly freeAt: string }
  /** The same holder has it, and it is just being revoked. */
  | { readonly kind: "ending"; readonly disk: string; readonly freeAt: string };

export interface Taken {
  readonly locks: DiskLock[];
  /** Those that the same holder has already. */
  readonly held: readonly { readonly wanted: DiskLock; readonly lock: DiskLock }[];
  readonly refusals: readonly Refusal[];
}

/** Pure: what `wanted` gets of what there is. Whatever is refused, nothing is to be written. */
export function takeLocks(before: readonly DiskLock[], wanted: readonly DiskLock[]): Taken {
  const locks = [...before];
  const held: { wanted: DiskLock; lock: DiskLock }[] = [];
  const refusals: Refusal[] = [];
  for (const each of wanted) {
    const lock = locks.find((other) => isOfSameDisk(other, each));
    if (lock?.grant === each.grant) continue;
    if (lock && holderOfGrant(lock.grant) === holderOfGrant(each.grant)) {
      held.push({ wanted: each, lock });
      continue;
    }
    const refusal = refusalOf(locks, each, lock);
    if (refusal) refusals.push(refusal);
    else locks.push(each);
  }
  return { locks, held, refusals };
}

function refusalOf(
  locks: readonly DiskLock[],
  { disk, family }: DiskLock,
  lock: DiskLock | undefined,
): Refusal | undefined {
  if (lock) return { kind: "heldByAnother", disk, freeAt: lock.until };
  const ofFamily = locks.filter((other) => other.family === family);
  if (ofFamily.length >= MOST_IN_A_FAMILY) {
    return { kind: "familyFull", disk, freeAt: earliest(ofFamily) };
  }
  if (locks.length < MOST_OF_A_VM) return undefined;
  return { kind: "vmFull", disk, freeAt: earliest(locks) };
}

const isOfSameDisk = (one: DiskLock, other: DiskLock): boolean =>
  one.point === other.point && one.region === other.region && one.disk === other.disk;

const earliest = (locks: readonly DiskLock[]): string =>
  locks.map(({ until }) => until).sort()[0] ?? "";

/** The locks on the disks of a restore point, or of its copy in a region. */
export const locksOn = (
  { locks }: { readonly locks: readonly DiskLock[] },
  point: string,
  region: string | undefined,
): DiskLock[] => locks.filter((lock) => lock.point === point && lock.region === region);

/** The lock of a grant, gone. Undefined: it is not there. */
export function withoutLock(row: DiskLocks, grant: GrantId): DiskLocks | undefined {
  const locks = row.locks.filter((lock) => lock.grant !== grant);
  return locks.length === row.locks.length ? undefined : { ...row, locks };
}

/** It becomes free later than was known. */
export const withLockUntil = (row: DiskLocks, grant: GrantId, until: string): DiskLocks => ({
  ...row,
  locks: row.locks.map((lock) => (lock.grant === grant ? { ...lock, until } : lock)),
});
