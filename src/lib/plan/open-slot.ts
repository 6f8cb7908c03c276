/** Slots that something other than the schedule asks for: what happened to the VM, or a person. */
import type { OpenSlot, Protection, SlotCause } from "../fleet/protection.ts";
import { type AzureLimits, shortestInterval } from "../policy/azure-limits.ts";
import {
  type Policy,
  type RequestedConsistency,
  strongestConsistency,
  type VmEvent,
} from "../policy/policy.ts";
import type { Policies } from "../policy/resolve-protection.ts";
import { isServedBefore } from "./shortest-interval.ts";
import { eventSlot, taggedSlot } from "./slot.ts";

/** Something that happened to a VM, and when. */
export interface VmHappening {
  readonly kind: VmEvent;
  readonly at: Date;
}

/** Undefined: no policy asks for it, or a restore point at about that time serves it. */
export function slotFor(
  happening: VmHappening,
  protection: Protection,
  policies: Policies,
  limits: AzureLimits,
): OpenSlot | undefined {
  const asking = protection.policies
    .map((name) => policies.get(name))
    .filter((policy): policy is Policy => policy?.onEvents.includes(happening.kind) ?? false);
  if (asking.length === 0) return undefined;
  const consistency = consistencyFor(happening.kind, asking, protection);
  const isTagged = happening.kind === "tagged";
  // The first restore point of a VM is made in any case; what else happens in the same hour is in the one that is there.
  if (!isTagged && isServedBefore(happening.at, consistency, protection, limits)) return undefined;
  const name = isTagged
    ? taggedSlot(protection.generation)
    : eventSlot(happening.kind, happening.at, shortestInterval(consistency, limits));
  return newSlot(name, happening.kind, happening.at, asking, consistency);
}

export const newSlot = (
  slot: string,
  cause: SlotCause,
  at: Date,
  policies: readonly Pick<Policy, "name">[],
  consistency: RequestedConsistency,
): OpenSlot => ({
  slot,
  cause,
  at: at.toISOString(),
  attempt: 1,
  notBefore: at.toISOString(),
  policies: policies.map(({ name }) => name),
  consistency,
  excludeDisks: [],
});

/** With one more slot. What waits on demand stands behind it: with three restore points an hour, all get their turn. */
export const withSlot = (openSlots: readonly OpenSlot[], slot: OpenSlot): OpenSlot[] => [
  ...openSlots.filter((each) => !isWaitingRequest(each)),
  slot,
  ...openSlots.filter(isWaitingRequest),
];

const isWaitingRequest = ({ request, attempt, operation }: OpenSlot): boolean =>
  request !== undefined && attempt === 1 && operation === undefined;

/** A VM that does not run has no agent that could make its applications consistent. */
const consistencyFor = (
  kind: VmEvent,
  asking: readonly Policy[],
  { options }: Protection,
): RequestedConsistency =>
  kind === "deallocated"
    ? "CrashConsistent"
    : (options.consistency ?? strongestConsistency(asking.map((policy) => policy.consistency)));
