/**
 * The schedule of one protection: opens a slot when one is due and sets the next. Several policies share their slots:
 * the earliest comes next, and serves every policy that has a slot in the same minute.
 */
import type { OpenSlot, Protection } from "../fleet/protection.ts";
import type { VmKey } from "../fleet/vm-key.ts";
import { type Policy, type RequestedConsistency, strongestConsistency } from "../policy/policy.ts";
import type { Policies } from "../policy/resolve-protection.ts";
import { isSlotOf, nextSlotOf } from "../policy/schedule.ts";
import { scheduleSlot } from "./slot.ts";

const HOUR = 3_600_000;

/**
 * The shortest interval between two restore points of a VM that Azure supports, for each consistency on its own
 * (https://learn.microsoft.com/azure/virtual-machines/concepts-restore-points). A policy whose slot comes sooner
 * after a restore point that is at least as strong is served by that one; a weaker one is no substitute.
 */
const SHORTEST_INTERVAL: Readonly<Record<RequestedConsistency, number>> = {
  CrashConsistent: HOUR,
  ApplicationConsistent: 3 * HOUR,
  ApplicationThenCrashConsistent: 3 * HOUR,
};

export function planSchedule(current: Protection, policies: Policies, now: Date): Protection {
  const inForce = current.policies
    .map((name) => policies.get(name))
    .filter((policy) => policy !== undefined);
  const { nextSlotAt, ...rest } = current;
  if (inForce.length === 0) return rest;
  const upcoming = earliestSlot(inForce, current.vm, now);
  if (nextSlotAt === undefined || Date.parse(nextSlotAt) > now.getTime()) {
    return { ...rest, nextSlotAt: upcoming.toISOString() };
  }
  const slot = openScheduledSlot(current, inForce, new Date(nextSlotAt));
  const openSlots = slot ? [...current.openSlots, slot] : current.openSlots;
  return { ...rest, openSlots, nextSlotAt: upcoming.toISOString() };
}

const earliestSlot = (policies: readonly Policy[], vm: VmKey, after: Date): Date =>
  new Date(Math.min(...policies.map(({ schedule }) => nextSlotOf(schedule, vm, after).getTime())));

function openScheduledSlot(
  { vm, options, ...protection }: Protection,
  inForce: readonly Policy[],
  at: Date,
): OpenSlot | undefined {
  const matching = inForce.filter(({ schedule }) => isSlotOf(schedule, vm, at));
  // The policies may have changed since the slot was set: then it serves all that are in force.
  const candidates = matching.length > 0 ? matching : inForce;
  const asks = (policy: Policy) => options.consistency ?? policy.consistency;
  const served = candidates.filter((policy) => !isServedBefore(at, asks(policy), protection));
  if (served.length === 0) return undefined;
  return {
    slot: scheduleSlot(at),
    cause: "schedule",
    at: at.toISOString(),
    attempt: 1,
    notBefore: at.toISOString(),
    policies: served.map(({ name }) => name),
    consistency: strongestConsistency(served.map(asks)),
    excludeDisks: [],
  };
}

/** Whether the newest slot with a restore point, made or to be made, that is strong enough came up shortly before. */
function isServedBefore(
  at: Date,
  asked: RequestedConsistency,
  { openSlots, lastSlot }: Pick<Protection, "openSlots" | "lastSlot">,
): boolean {
  const closed = lastSlot?.state === "Succeeded" ? [lastSlot] : [];
  const last = [...closed, ...openSlots].findLast(
    ({ consistency = asked }) => strongestConsistency([consistency, asked]) === consistency,
  );
  return last !== undefined && at.getTime() < Date.parse(last.at) + SHORTEST_INTERVAL[asked];
}
