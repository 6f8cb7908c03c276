/** Gives a request for a restore point its slot on the VM's record: from there on it is a slot like any other. */
import type { OpenSlot, Protection } from "../fleet/protection.ts";
import { protectionKey } from "../fleet/protection.ts";
import type { VmKey } from "../fleet/vm-key.ts";
import { isAtLeast, strongestConsistency } from "../policy/policy.ts";
import type { PolicyStore } from "../policy/policy-store.ts";
import type { Policies } from "../policy/resolve-protection.ts";
import { changeRecord } from "../state/change-record.ts";
import { type KeyRange, partition } from "../state/entity-table.ts";
import type { Tables } from "../state/tables.ts";
import { newSlot } from "./open-slot.ts";
import type { CreateRequest } from "./request-record.ts";

export interface PlaceSlotDeps {
  readonly tables: Pick<Tables, "protections" | "points">;
  readonly policies: PolicyStore;
  readonly now: () => Date;
}

/** Each takes twenty minutes where Azure takes three an hour. */
export const MOST_WAITING = 20;

/** Whoever loses the race for the record lost it to one that is placed, or to a plan: beyond the limit nobody writes. */
const MOST_TRIES = 5 * MOST_WAITING;

/**
 * `gone`: the VM is, so that the request comes to nothing. `full`: so many wait that there is no room for it now. May be
 * repeated: a slot that was there is not opened again.
 */
export async function placeSlot(
  { tables, policies, now }: PlaceSlotDeps,
  request: CreateRequest,
): Promise<"placed" | "gone" | "full"> {
  const { vm, slot } = request;
  const { records: attempts } = await tables.points.list(pointsOfSlot(vm, slot), { size: 1 });
  if (attempts.length > 0) return "placed";
  const { active } = await policies.inForce(now());
  const place = (protection: Protection): Protection | undefined =>
    protection.status === "VmDeleted" || hasSlot(protection, slot) || isFull(protection)
      ? undefined
      : {
          ...protection,
          openSlots: [...protection.openSlots, slotOf(request, protection, active)],
          updatedAt: now().toISOString(),
        };
  const after = await changeRecord(tables.protections, protectionKey(vm), place, MOST_TRIES);
  if (after === undefined) return "gone";
  if (hasSlot(after, slot)) return "placed";
  return after.status === "VmDeleted" ? "gone" : "full";
}

/** How many requests of the VM wait for their turn. */
export const waiting = ({ openSlots }: Protection): number =>
  openSlots.filter(({ request, operation }) => request !== undefined && operation === undefined)
    .length;

const isFull = (protection: Protection): boolean => waiting(protection) >= MOST_WAITING;

/** Its attempts, each a restore point. */
export const pointsOfSlot = (vm: VmKey, slot: string): KeyRange => ({
  ...partition(vm),
  rowFrom: `${slot}-a`,
  rowTo: `${slot}-b`,
});

const hasSlot = ({ openSlots, lastSlot }: Protection, slot: string): boolean =>
  lastSlot?.slot === slot || openSlots.some((open) => open.slot === slot);

function slotOf(
  { id, slot, requestedAt, consistency, asked: { partial } }: CreateRequest,
  { policies: names, options }: Protection,
  active: Policies,
): OpenSlot {
  const inForce = names.flatMap((name) => active.get(name) ?? []);
  const asked =
    consistency ??
    options.consistency ??
    (inForce.length > 0
      ? strongestConsistency(inForce.map((policy) => policy.consistency))
      : // As consistent as can be had: a VM that does not run is no reason to have no restore point.
        "ApplicationThenCrashConsistent");
  const at = new Date(requestedAt);
  // What is less than a policy asks for takes the place of nothing that the policy keeps.
  const serves = partial
    ? []
    : names.filter((name) => {
        const policy = active.get(name);
        return policy === undefined || isAtLeast(asked, options.consistency ?? policy.consistency);
      });
  const named = serves.map((name) => ({ name }));
  const made = newSlot(slot, "requested", at, named, asked);
  return { ...made, request: id, ...(partial ? { partial } : {}) };
}
