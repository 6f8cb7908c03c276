/**
 * Restore points of a VM that nobody knows: its record was lost. It is recorded again as far as the restore points
 * tell, and its plan, which follows, reads the rest: the tag, or that the VM is gone. It counts as protected until
 * then, so that no VM gets a first restore point once more.
 */
import { isNewestGood, newestGoodOf } from "../fleet/newest-good.ts";
import { type Protection, protectionKey } from "../fleet/protection.ts";
import { type VmKey, vmIdOf } from "../fleet/vm-key.ts";
import { noOptions } from "../policy/tag.ts";
import { changeRecord } from "../state/change-record.ts";
import type { ReconcileScope } from "./reconcile-deps.ts";

/** What was adopted: a restore point, or a copy. */
export interface Adopted {
  readonly name: string;
  readonly slot: string;
  readonly at: string;
  readonly vmId: string;
  readonly policies: readonly string[];
  readonly partial?: boolean | undefined;
}

/** Known of a VM whose own collection is there; copies alone do not tell. */
export interface Origin {
  readonly resourceId: string;
  readonly location: string;
  readonly collectionId: string;
}

export async function revive(
  { deps }: ReconcileScope,
  vm: VmKey,
  adopted: readonly Adopted[],
  origin?: Origin,
): Promise<void> {
  const { protections } = deps.tables;
  const found = protectionOf(vm, adopted, origin, deps.now());
  if ((await protections.insert(found)) !== "exists") return await deps.delayed.planVm({ vm }, 0);
  await changeRecord(protections, protectionKey(vm), (known) => {
    const { lastGoodPoint, generation } = found;
    const isNewer = lastGoodPoint !== undefined && isNewestGood(known, lastGoodPoint);
    if (!isNewer && generation <= known.generation) return undefined;
    return {
      ...known,
      // Slots are named after it: a name that is taken would not do.
      generation: Math.max(generation, known.generation),
      ...(isNewer ? { lastGoodPoint } : {}),
    };
  });
}

function protectionOf(
  vm: VmKey,
  adopted: readonly Adopted[],
  origin: Origin | undefined,
  now: Date,
): Protection {
  const newest = adopted.toSorted((one, other) => (one.at < other.at ? -1 : 1)).at(-1);
  const good = newestGoodOf(adopted);
  const generations = adopted.map(({ slot }) => Number(/^t(\d+)$/.exec(slot)?.[1] ?? 0));
  return {
    vm,
    resourceId: origin?.resourceId ?? vmIdOf(vm),
    location: origin?.location ?? "",
    vmId: newest?.vmId ?? "",
    status: "Protected",
    policies: [...(newest?.policies ?? [])],
    policiesSince: now.toISOString(),
    options: noOptions,
    generation: Math.max(1, ...generations),
    ...(origin ? { collectionId: origin.collectionId } : {}),
    openSlots: [],
    ...(good && origin ? { lastGoodPoint: { name: good.name, at: good.at } } : {}),
    excludedDisks: [],
    updatedAt: now.toISOString(),
  };
}
