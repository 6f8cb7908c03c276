/**
 * What a VM's protection becomes, given its tag as it is now. Pure: reading the VM came before, writing comes after.
 * Policies that select a VM without a tag are as good as policies in its tag.
 *
 *     tag now         before          after
 *     policies        not protected   Protected, generation + 1, a `t` slot
 *     policies        Protected       Protected; the schedule follows the policies
 *     none, no tag    any             OptedOut, Unprotected: waiting slots dropped, running ones finish
 *     unreadable      any             as before, with the misconfiguration beside it
 */
import { isAsked, type Protection } from "../fleet/protection.ts";
import type { VirtualMachine } from "../fleet/virtual-machine.ts";
import type { VmKey } from "../fleet/vm-key.ts";
import type { AzureLimits } from "../policy/azure-limits.ts";
import type { Policies, Resolution } from "../policy/resolve-protection.ts";
import { noOptions } from "../policy/tag.ts";
import { slotFor, type VmHappening, withSlot } from "./open-slot.ts";
import { planSchedule } from "./plan-schedule.ts";

export interface PlanInput {
  readonly key: VmKey;
  readonly vm: VirtualMachine;
  readonly previous: Protection | undefined;
  readonly resolution: Resolution;
  readonly policies: Policies;
  readonly limits: AzureLimits;
  readonly now: Date;
  /** What an event told about the VM that its model does not show. */
  readonly happened?: readonly VmHappening[];
}

/** Undefined: a VM that is not protected and never was leaves no trace. */
export function planProtection(input: PlanInput): Protection | undefined {
  const { resolution, previous, now } = input;
  if (resolution.kind === "unprotected" && previous === undefined) return undefined;
  const current = describe(input);
  switch (resolution.kind) {
    case "misconfigured": {
      const { tag, reason } = resolution;
      // A VM made anew is still to be found new when its tag is mended.
      const { vmId } = previous ?? current;
      const kept = { ...current, vmId, misconfiguration: { tag, reason } };
      return planSchedule(kept, input.policies, input.limits, now);
    }
    case "protected":
      return planSchedule(protect(current, resolution, input), input.policies, input.limits, now);
    case "optedOut":
      return { ...release(current, "OptedOut", now), tag: resolution.tag };
    case "unprotected":
      return release(current, "Unprotected", now);
    default:
      return resolution satisfies never;
  }
}

/** The VM is gone: what it had stays in the catalogue, nothing new can be made. */
export const planDeletedVm = (previous: Protection, now: Date): Protection => ({
  ...release(previous, "VmDeleted", now),
  updatedAt: now.toISOString(),
});

/** The protection before this plan, on the VM as it is now. */
function describe({ key, vm, previous, now }: PlanInput): Protection {
  const { misconfiguration: _, ...before } = previous ?? unprotected(key, vm);
  return {
    ...before,
    resourceId: vm.id,
    location: vm.location,
    vmId: vm.vmId,
    ...(vm.vmSize === undefined ? {} : { vmSize: vm.vmSize }),
    updatedAt: now.toISOString(),
  };
}

/** A VM that nothing has protected yet. */
export const unprotected = (vm: VmKey, { id, location, vmId }: VirtualMachine): Protection => ({
  vm,
  resourceId: id,
  location,
  vmId,
  status: "Unprotected",
  policies: [],
  policiesSince: new Date(0).toISOString(),
  options: noOptions,
  generation: 0,
  openSlots: [],
  excludedDisks: [],
  updatedAt: new Date(0).toISOString(),
});

function protect(
  current: Protection,
  resolution: Resolution & { kind: "protected" },
  { previous, vm, policies, limits, now, happened = [] }: PlanInput,
): Protection {
  const { tag, options } = resolution;
  const isNew = previous?.status !== "Protected" || previous.vmId !== vm.vmId;
  const { tag: _, ...before } = isNew ? release(current, "Protected", now) : current;
  const protection: Protection = {
    ...before,
    ...(tag === undefined ? {} : { tag }),
    options,
    policies: [...resolution.policies],
    policiesSince: samePolicies(current, resolution) ? current.policiesSince : now.toISOString(),
    generation: current.generation + (isNew ? 1 : 0),
  };
  const happenings: VmHappening[] = isNew
    ? [{ kind: "tagged", at: now }]
    : [...(isResized(previous, vm) ? [{ kind: "resized" as const, at: now }] : []), ...happened];
  let { openSlots } = protection;
  for (const happening of happenings) {
    const slot = slotFor(happening, { ...protection, openSlots }, policies, limits);
    if (slot) openSlots = withSlot(openSlots, slot);
  }
  return { ...protection, openSlots };
}

const samePolicies = (before: Protection, { policies }: { policies: readonly string[] }): boolean =>
  before.status === "Protected" && before.policies.join() === policies.join();

const isResized = (before: Protection | undefined, { vmSize }: VirtualMachine): boolean =>
  before?.vmSize !== undefined && vmSize !== undefined && before.vmSize !== vmSize;

/** Nothing is in force any more; what Azure is working on is left to finish. */
function release(current: Protection, status: Protection["status"], now: Date): Protection {
  const { nextSlotAt: _, tag: __, misconfiguration: ___, ...rest } = current;
  const was = current.status === "Protected";
  return {
    ...rest,
    status,
    policies: [],
    policiesSince: was || status === "VmDeleted" ? now.toISOString() : current.policiesSince,
    options: noOptions,
    openSlots: current.openSlots.filter(
      ({ operation, cause }) =>
        operation !== undefined || (isAsked(cause) && status !== "VmDeleted"),
    ),
  };
}
