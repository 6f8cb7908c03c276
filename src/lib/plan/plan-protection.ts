/**
 * What a VM's protection becomes, given its tag as it is now. Pure: reading the VM came before, writing comes after.
 *
 *     tag now         before          after
 *     policies        not protected   Protected, generation + 1, a `t` slot
 *     policies        Protected       Protected; the schedule follows the policies
 *     none, no tag    any             OptedOut, Unprotected: waiting slots dropped, running ones finish
 *     unreadable      any             as before, with the misconfiguration beside it
 */
import type { OpenSlot, Protection } from "../fleet/protection.ts";
import type { VirtualMachine } from "../fleet/virtual-machine.ts";
import type { VmKey } from "../fleet/vm-key.ts";
import { type Policy, strongestConsistency } from "../policy/policy.ts";
import type { Policies, Resolution } from "../policy/resolve-protection.ts";
import { noOptions } from "../policy/tag.ts";
import { planSchedule } from "./plan-schedule.ts";
import { taggedSlot } from "./slot.ts";

export interface PlanInput {
  readonly key: VmKey;
  readonly vm: VirtualMachine;
  readonly previous: Protection | undefined;
  readonly resolution: Resolution;
  readonly policies: Policies;
  readonly now: Date;
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
      return planSchedule(kept, input.policies, now);
    }
    case "protected":
      return planSchedule(protect(current, resolution, input), input.policies, now);
    case "optedOut":
      return { ...release(current, "OptedOut"), tag: resolution.tag };
    case "unprotected":
      return release(current, "Unprotected");
    default:
      return resolution satisfies never;
  }
}

/** The VM is gone: what it had stays in the catalogue, nothing new can be made. */
export const planDeletedVm = (previous: Protection, now: Date): Protection => ({
  ...release(previous, "VmDeleted"),
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
    updatedAt: now.toISOString(),
  };
}

const unprotected = (vm: VmKey, { id, location, vmId }: VirtualMachine): Protection => ({
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
  { previous, vm, policies, now }: PlanInput,
): Protection {
  const { tag, options } = resolution;
  const isNew = previous?.status !== "Protected" || previous.vmId !== vm.vmId;
  const protection: Protection = {
    ...(isNew ? release(current, "Protected") : current),
    tag,
    options,
    policies: [...resolution.policies],
    generation: current.generation + (isNew ? 1 : 0),
  };
  const slot = isNew ? openTaggedSlot(protection, policies, now) : undefined;
  return slot ? { ...protection, openSlots: [...protection.openSlots, slot] } : protection;
}

function openTaggedSlot({ generation, ...protection }: Protection, policies: Policies, now: Date) {
  const asking = protection.policies
    .map((name) => policies.get(name))
    .filter((policy): policy is Policy => policy?.onEvents.includes("tagged") ?? false);
  if (asking.length === 0) return undefined;
  const slot: OpenSlot = {
    slot: taggedSlot(generation),
    cause: "tagged",
    at: now.toISOString(),
    attempt: 1,
    notBefore: now.toISOString(),
    policies: asking.map(({ name }) => name),
    consistency:
      protection.options.consistency ??
      strongestConsistency(asking.map(({ consistency }) => consistency)),
    excludeDisks: [],
  };
  return slot;
}

/** Nothing is in force any more; what Azure is working on is left to finish. */
function release(current: Protection, status: Protection["status"]): Protection {
  const { nextSlotAt: _, tag: __, misconfiguration: ___, ...rest } = current;
  return {
    ...rest,
    status,
    policies: [],
    options: noOptions,
    openSlots: current.openSlots.filter(({ operation }) => operation !== undefined),
  };
}
