/** When no restore point can be made on demand, and why. What only the attempt shows is the operation's to fail with. */
import type { Protection } from "../fleet/protection.ts";
import type { ArmFailure } from "../operations/arm.ts";
import { MOST_WAITING, waiting } from "../plan/place-slot.ts";
import { planUpkeep } from "../upkeep/plan-upkeep.ts";
import { type ReadUpkeepDeps, readUpkeep } from "../upkeep/read-upkeep.ts";
import type { Known } from "./know-vm.ts";

export type RefusePointDeps = ReadUpkeepDeps;

export type PointRefusal =
  /** Azure has no such VM. */
  | { readonly kind: "notFound" }
  /** It is deleted. */
  | { readonly kind: "gone" }
  /** So many requests of the VM wait already. */
  | { readonly kind: "tooMany"; readonly most: number }
  /** Azure keeps no more restore points of the VM, and none of these may go. */
  | {
      readonly kind: "limitReached";
      readonly ours: number;
      readonly others: number;
      readonly most: number;
    }
  /** The VM is not on record yet, and Azure does not say what it is. */
  | { readonly kind: "unreadable"; readonly failure: Exclude<ArmFailure, { kind: "notFound" }> };

export async function refusePoint(
  deps: RefusePointDeps,
  known: Known,
): Promise<PointRefusal | undefined> {
  if (known.kind === "notFound") return { kind: "notFound" };
  if (known.kind !== "known") return { kind: "unreadable", failure: known };
  const { protection } = known;
  if (protection.status === "VmDeleted") return { kind: "gone" };
  if (waiting(protection) >= MOST_WAITING) return { kind: "tooMany", most: MOST_WAITING };
  return await limitReached(deps, protection);
}

async function limitReached(
  deps: RefusePointDeps,
  protection: Protection,
): Promise<PointRefusal | undefined> {
  const input = await readUpkeep(deps, protection);
  const { others, limits } = input;
  const ours = input.points.filter(({ removedAt }) => removedAt === undefined).length;
  const most = limits.pointsPerVm - limits.pointsLeftFree;
  if (ours + others + waiting(protection) < most) return undefined;
  // What goes early only because there are so many makes no room for more.
  const isPrunable = ours + others - planUpkeep(input).deletions.length < most;
  return isPrunable ? undefined : { kind: "limitReached", ours, others, most };
}
