/**
 * The schedule of one protection: opens a slot when one is due and sets the next. Several policies share their slots:
 * the earliest comes next, and serves every policy that has a slot in the same minute.
 */
import type { OpenSlot, Protection } from "../fleet/protection.ts";
import type { VmKey } from "../fleet/vm-key.ts";
import type { AzureLimits } from "../policy/azure-limits.ts";
import { type Policy, strongestConsistency } from "../policy/policy.ts";
import type { Policies } from "../policy/resolve-protection.ts";
import { isSlotOf, nextSlotOf } from "../policy/schedule.ts";
import { newSlot, withSlot } from "./open-slot.ts";
import { isServedBefore } from "./shortest-interval.ts";
import { scheduleSlot } from "./slot.ts";

export function planSchedule(
  current: Protection,
  policies: Policies,
  limits: AzureLimits,
  now: Date,
): Protection {
  const inForce = current.policies
    .map((name) => policies.get(name))
    .filter((policy) => policy !== undefined);
  const { nextSlotAt, ...rest } = current;
  if (inForce.length === 0) return rest;
  const upcoming = earliestSlot(inForce, current.vm, notBehind(current, now));
  if (nextSlotAt === undefined || Date.parse(nextSlotAt) > now.getTime()) {
    return { ...rest, nextSlotAt: upcoming.toISOString() };
  }
  const slot = openScheduledSlot(current, inForce, limits, new Date(nextSlotAt));
  const openSlots = slot ? coalesce(current.openSlots, slot) : current.openSlots;
  return { ...rest, openSlots, nextSlotAt: upcoming.toISOString() };
}

/** More than the clocks of two instances differ. */
const SKEW_MS = 15 * 60_000;

/** An instance whose clock is a little behind the one that opened the newest slot must not set that one once more. */
function notBehind({ openSlots, lastSlot }: Protection, now: Date): Date {
  const opened = [...openSlots, ...(lastSlot ? [lastSlot] : [])].map(({ at }) => Date.parse(at));
  const recent = opened.filter((at) => at - now.getTime() < SKEW_MS);
  return new Date(Math.max(now.getTime(), ...recent));
}

const earliestSlot = (policies: readonly Policy[], vm: VmKey, after: Date): Date =>
  new Date(Math.min(...policies.map(({ schedule }) => nextSlotOf(schedule, vm, after).getTime())));

function openScheduledSlot(
  { vm, options, ...protection }: Protection,
  inForce: readonly Policy[],
  limits: AzureLimits,
  at: Date,
): OpenSlot | undefined {
  const matching = inForce.filter(({ schedule }) => isSlotOf(schedule, vm, at));
  // The policies may have changed since the slot was set: then it serves all that are in force.
  const candidates = matching.length > 0 ? matching : inForce;
  const asks = (policy: Policy) => options.consistency ?? policy.consistency;
  const served = candidates.filter(
    (policy) => !isServedBefore(at, asks(policy), protection, limits),
  );
  if (served.length === 0) return undefined;
  return newSlot(scheduleSlot(at), "schedule", at, served, strongestConsistency(served.map(asks)));
}

/**
 * Slots of the schedule that wait behind another one, and never began, are served by the newest of them: while one is
 * retried for hours, only the newest of the others is worth making.
 */
function coalesce(openSlots: readonly OpenSlot[], slot: OpenSlot): OpenSlot[] {
  const waiting = openSlots.filter(isNotBegun);
  const policies = [...new Set([...waiting, slot].flatMap((each) => each.policies))];
  const consistency = strongestConsistency([...waiting, slot].map((each) => each.consistency));
  const replaces = waiting.flatMap((each) => [...(each.replaces ?? []), each.slot]);
  const newest = { ...slot, policies, consistency, ...(replaces.length > 0 ? { replaces } : {}) };
  const others = openSlots.filter((each) => !isNotBegun(each));
  return withSlot(others, newest);
}

const isNotBegun = ({ cause, attempt, operation }: OpenSlot): boolean =>
  cause === "schedule" && attempt === 1 && operation === undefined;
