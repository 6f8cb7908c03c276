/**
 * Gives the first waiting slot its operation: from here on the attempt has a name, and is done until it is terminal.
 * One restore point of a VM is created at a time; the next slot waits for this one.
 */
import type { ExcludedDisk, OpenSlot, Protection } from "../fleet/protection.ts";
import type { VirtualMachine } from "../fleet/virtual-machine.ts";
import type { OperationId } from "../operations/operation-id.ts";
import type { AzureLimits } from "../policy/azure-limits.ts";
import type { Policies } from "../policy/resolve-protection.ts";
import { excludeDisks } from "./exclude-disks.ts";
import type { CreateRequest } from "./request-record.ts";
import { pointName } from "./slot.ts";

export interface AttemptInput {
  readonly vm: VirtualMachine;
  readonly policies: Policies;
  readonly limits: Pick<AzureLimits, "createInOtherRegion">;
  /** What was asked for, if the slot is on demand. */
  readonly request?: Pick<CreateRequest, "excludeDisks" | "asked"> | undefined;
}

export function startAttempt(
  protection: Protection,
  input: AttemptInput,
  operation: OperationId,
): Protection {
  const { vm, policies, request } = input;
  const [slot, ...waiting] = protection.openSlots;
  if (slot === undefined || slot.operation !== undefined) return protection;
  const selectors = request?.excludeDisks ?? [
    ...protection.options.exclude,
    ...(request ? protection : slot).policies.flatMap(
      (name) => policies.get(name)?.excludeDisks ?? [],
    ),
  ];
  const by = request?.excludeDisks && "the request";
  const unwanted = excludeDisks(vm.disks, selectors, slot.consistency, by);
  const excluded = union(slot.excludeDisks, unwanted);
  // What one request leaves out says nothing about the VM.
  const excludedDisks = request ? protection.excludedDisks : excluded;
  if (leavesNothing(vm, excluded)) {
    return {
      ...protection,
      excludedDisks,
      openSlots: waiting,
      lastSlot: {
        slot: slot.slot,
        at: slot.at,
        state: "Failed",
        point: pointName(slot.slot, slot.attempt),
        consistency: slot.consistency,
        error: {
          code: "NoDiskToProtect",
          message: `Every disk is left out: ${excluded.map(({ name, reason }) => `${name} (${reason})`).join(" ")}`,
          advice: "Change the tag, the policy's consistency, the request, or the disks.",
        },
      },
    };
  }
  return {
    ...protection,
    excludedDisks,
    openSlots: [{ ...placed(slot, input), excludeDisks: excluded, operation }, ...waiting],
  };
}

/** Straight in the one region that was asked for, or that all its policies name, where Azure takes that. */
function placed(
  { region: _, ...slot }: OpenSlot,
  { vm, policies, limits, request }: AttemptInput,
): OpenSlot {
  if (!limits.createInOtherRegion || slot.regionRefused) return slot;
  const regions = new Set(slot.policies.map((name) => policies.get(name)?.region));
  const [region, ...others] = request ? [request.asked.onlyIn] : regions;
  const isElsewhere = region !== undefined && region !== vm.location.toLowerCase();
  return isElsewhere && others.length === 0 ? { ...slot, region } : slot;
}

const leavesNothing = (vm: VirtualMachine, excluded: readonly ExcludedDisk[]): boolean =>
  vm.disks.every(({ id }) => excluded.some((disk) => disk.id === id));

function union(one: readonly ExcludedDisk[], other: readonly ExcludedDisk[]): ExcludedDisk[] {
  return [...one, ...other.filter(({ id }) => one.every((disk) => disk.id !== id))];
}
