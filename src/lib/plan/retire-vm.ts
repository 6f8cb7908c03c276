/**
 * A last restore point before a VM is deleted, since none can be made afterwards. It is a slot like any other, and is
 * kept by the floor of whatever becomes of the VM's restore points then.
 */
import { type Protection, protectionKey } from "../fleet/protection.ts";
import type { VmKey } from "../fleet/vm-key.ts";
import type { RequestedConsistency } from "../policy/policy.ts";
import { changeRecord } from "../state/change-record.ts";
import { allIn } from "../state/entity-table.ts";
import type { Tables } from "../state/tables.ts";
import { newSlot, withSlot } from "./open-slot.ts";
import { pointsOfSlot } from "./place-slot.ts";
import { pointName, retireSlot } from "./slot.ts";

export interface RetireDeps {
  readonly tables: Pick<Tables, "protections" | "points">;
  readonly now: () => Date;
}

export type Retirement =
  | { readonly kind: "accepted"; readonly slot: string; readonly restorePoint: string }
  /** There is no record of the VM, or the VM is gone. */
  | { readonly kind: "notFound" }
  | { readonly kind: "gone" };

/** As consistent as can be had: a VM that does not run is no reason to have no last restore point. */
const CONSISTENCY: RequestedConsistency = "ApplicationThenCrashConsistent";

/**
 * Asking twice within a minute, or while the last restore point is being made, gives the same one. So does a request that
 * is repeated, which came first at `first`, however long ago; what it led to may be over. If it led to nothing, it is as
 * good as one that comes now: a slot of then would claim that the VM was saved as it was then.
 */
export async function retireVm(
  { tables, now }: RetireDeps,
  vm: VmKey,
  first: Date,
): Promise<Retirement> {
  const at = now();
  const slots = [...new Set([retireSlot(first), retireSlot(at)])];
  const made = await Promise.all(slots.map((slot) => madeFor(tables, vm, slot)));
  const known = (protection: Protection) => lastOneOf(protection, slots, made.find(Boolean));
  const retired = await changeRecord(tables.protections, protectionKey(vm), (protection) =>
    protection.status === "VmDeleted" || known(protection)
      ? undefined
      : withLastSlot(protection, at),
  );
  if (retired === undefined) return { kind: "notFound" };
  const last = known(retired);
  return last && retired.status !== "VmDeleted" ? { kind: "accepted", ...last } : { kind: "gone" };
}

type LastOne = Omit<Retirement & { kind: "accepted" }, "kind">;

/** Also one that somebody else has asked for, as long as it is being made. */
function lastOneOf(
  { openSlots, lastSlot }: Protection,
  slots: readonly string[],
  made: LastOne | undefined,
): LastOne | undefined {
  const open = openSlots
    .filter(({ cause }) => cause === "retire")
    .map(({ slot, attempt }) => ({ slot, restorePoint: pointName(slot, attempt) }));
  const closed =
    lastSlot && slots.includes(lastSlot.slot)
      ? { slot: lastSlot.slot, restorePoint: lastSlot.point }
      : undefined;
  return open.find(({ slot }) => slots.includes(slot)) ?? made ?? closed ?? open[0];
}

/** What came of a slot that may be closed long since. */
async function madeFor(
  { points }: RetireDeps["tables"],
  vm: VmKey,
  slot: string,
): Promise<LastOne | undefined> {
  // Slots on demand of the same minute are within the range.
  const attempts = (await allIn(points, pointsOfSlot(vm, slot)))
    .filter((point) => point.slot === slot)
    .sort((one, other) => one.attempt - other.attempt);
  const point = attempts.find(({ state }) => state === "Succeeded") ?? attempts.at(-1);
  return point && { slot, restorePoint: point.name };
}

function withLastSlot(protection: Protection, at: Date): Protection {
  const policies = protection.policies.map((name) => ({ name }));
  const slot = newSlot(retireSlot(at), "retire", at, policies, CONSISTENCY);
  return {
    ...protection,
    openSlots: withSlot(protection.openSlots, slot),
    updatedAt: at.toISOString(),
  };
}
