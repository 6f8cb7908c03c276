/** Reads a VM, and plans its protection from what was read. */
import type { Protection } from "../fleet/protection.ts";
import type { AttachedDisk, VirtualMachine } from "../fleet/virtual-machine.ts";
import type { VmKey } from "../fleet/vm-key.ts";
import type { Arm, ArmFailure } from "../operations/arm.ts";
import { holdBack } from "../operations/creates-an-hour.ts";
import type { PlanVmMessage } from "../operations/messages.ts";
import { operationIdOf } from "../operations/operation-id.ts";
import type { AzureLimits } from "../policy/azure-limits.ts";
import type { PolicyStore } from "../policy/policy-store.ts";
import { type Policies, type Resolution, resolveProtection } from "../policy/resolve-protection.ts";
import type { Tables } from "../state/tables.ts";
import { planProtection } from "./plan-protection.ts";
import { requestOf } from "./request-of.ts";
import { startAttempt } from "./start-attempt.ts";

export interface VmPlan {
  readonly kind: "found";
  readonly vm: VirtualMachine;
  /** Undefined: the VM is not protected and never was. */
  readonly planned: Protection | undefined;
}

export interface ReadVmDeps {
  readonly tables: Pick<Tables, "requests">;
  readonly arm: Pick<Arm, "getVirtualMachine" | "getDiskShares">;
  readonly policies: PolicyStore;
  readonly limits: AzureLimits;
  readonly tagName: string;
  readonly now: () => Date;
  readonly newUlid: (now: Date) => string;
}

/** The VM, what its protection shall be, and its disks as well when an attempt is about to start. */
export async function readAndPlan(
  deps: ReadVmDeps,
  key: VmKey,
  previous: Protection | undefined,
  happened?: PlanVmMessage["happened"],
): Promise<VmPlan | ArmFailure> {
  const reading = await deps.arm.getVirtualMachine(key);
  if (reading.kind !== "found") return reading;
  const { vm } = reading;
  const now = deps.now();
  const { policies, resolution } = await resolve(deps, vm, now);
  const protection = planProtection({
    key,
    vm,
    previous,
    resolution,
    policies,
    limits: deps.limits,
    now,
    happened: happened ? [{ kind: happened.kind, at: new Date(happened.at) }] : [],
  });
  const planned = protection && holdBack(protection, deps.limits);
  const [first] = planned?.openSlots ?? [];
  const starts = first && !first.operation && Date.parse(first.notBefore) <= now.getTime();
  if (!planned || !starts) return { kind: "found", vm, planned };
  const disks = await readShares(deps, vm.disks);
  if ("kind" in disks) return disks;
  const request = await requestOf(deps, first);
  const operation = operationIdOf(key, deps.newUlid(now));
  const from = { vm: { ...vm, disks }, policies, limits: deps.limits, request };
  return { kind: "found", vm, planned: startAttempt(planned, from, operation) };
}

/** Whoever tags a VM has often just written its policy; a fleet with a wrong tag still costs ten readings a second. */
const NEW_POLICY_MS = 100;

/** A tag that cannot be read with the policies that are known is read again with those of now. */
async function resolve(
  { policies, tagName }: Pick<ReadVmDeps, "policies" | "tagName">,
  vm: VirtualMachine,
  now: Date,
): Promise<{ policies: Policies; resolution: Resolution }> {
  const known = (await policies.inForce(now)).active;
  const resolution = resolveProtection(vm, tagName, known);
  if (resolution.kind !== "misconfigured") return { policies: known, resolution };
  const { active } = await policies.inForce(now, NEW_POLICY_MS);
  return { policies: active, resolution: resolveProtection(vm, tagName, active) };
}

/** Only a data disk can be shared, and only the disk itself says whether it is. */
async function readShares(
  { arm }: ReadVmDeps,
  disks: readonly AttachedDisk[],
): Promise<AttachedDisk[] | ArmFailure> {
  const read: AttachedDisk[] = [];
  for (const disk of disks) {
    if (disk.lun === undefined || disk.id === undefined) {
      read.push(disk);
      continue;
    }
    const reading = await arm.getDiskShares(disk.id);
    // A disk that is gone while the VM still names it is for Azure to judge.
    if (reading.kind !== "found" && reading.kind !== "notFound") return reading;
    read.push(reading.kind === "found" ? { ...disk, maxShares: reading.maxShares } : disk);
  }
  return read;
}
