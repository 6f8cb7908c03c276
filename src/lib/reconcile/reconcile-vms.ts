/** Compares a page of Azure's VMs with what is recorded of them, and has every one planned that differs. */
import { type Protection, protectionKey } from "../fleet/protection.ts";
import type { VirtualMachine } from "../fleet/virtual-machine.ts";
import { type VmKey, vmKeyOf } from "../fleet/vm-key.ts";
import { type Resolution, resolveProtection } from "../policy/resolve-protection.ts";
import type { Drift } from "./drift.ts";
import type { ReconcileScope, StepOutcome } from "./reconcile-deps.ts";
import { recordDrift } from "./record-drift.ts";
import { nameOfVm, recordSeen } from "./seen.ts";

/** Of VMs whose records are read at once. */
const AT_ONCE = 16;
/** A VM that is planned right now is not late. */
const GRACE_MS = 120_000;

export async function reconcileVms(scope: ReconcileScope): Promise<StepOutcome> {
  const { deps, message } = scope;
  const { subscriptionId, page: number } = message;
  const page = await deps.arm.listVirtualMachines(subscriptionId, message.continuation);
  if (page.kind !== "page") return { kind: "failed", failure: page };
  const { active } = await deps.policies.inForce(deps.now());
  const vms = page.vms.flatMap((vm) => {
    const key = vmKeyOf(vm.id);
    return key ? [{ key, vm, resolution: resolveProtection(vm, deps.tagName, active) }] : [];
  });
  const { seen } = deps.tables;
  const unprotected = vms.filter(({ resolution }) => resolution.kind === "unprotected");
  await recordSeen(seen, message, "vm", number, vms.map(nameOf));
  await recordSeen(seen, message, "unprotected", number, unprotected.map(nameOf));
  for (let from = 0; from < vms.length; from += AT_ONCE) {
    const some = vms.slice(from, from + AT_ONCE);
    await Promise.all(some.map((vm) => reconcileVm(scope, vm)));
  }
  const { continuation } = page;
  return { kind: "done", ...(continuation === undefined ? {} : { continuation }) };
}

interface VmSeen {
  readonly key: VmKey;
  readonly vm: VirtualMachine;
  readonly resolution: Resolution;
}

const nameOf = ({ key }: VmSeen): string => nameOfVm(key);

async function reconcileVm(scope: ReconcileScope, { key, vm, resolution }: VmSeen): Promise<void> {
  const { tables, delayed, now } = scope.deps;
  const protection = (await tables.protections.get(protectionKey(key)))?.record;
  // Whatever else was lost, such as its place in the schedule, is made again by its plan.
  if (scope.message.rebuild && protection) return await delayed.planVm({ vm: key }, 0);
  const kind = driftOf(protection, vm, resolution);
  if (kind === undefined || isRecent(protection, vm, now())) return;
  await recordDrift(scope, { kind, vm: key });
  await delayed.planVm({ vm: key }, 0);
}

function isRecent(
  protection: Protection | undefined,
  { timeCreated }: VirtualMachine,
  now: Date,
): boolean {
  const touched = protection?.updatedAt ?? timeCreated;
  return touched !== undefined && now.getTime() - Date.parse(touched) < GRACE_MS;
}

/** What no event told of the VM; undefined when its record is as it should be. */
function driftOf(
  protection: Protection | undefined,
  vm: VirtualMachine,
  resolution: Resolution,
): Drift["kind"] | undefined {
  if (protection === undefined) return resolution.kind === "unprotected" ? undefined : "missedTag";
  if (protection.status === "VmDeleted" || protection.vmId !== vm.vmId) return "missedRecreation";
  switch (resolution.kind) {
    case "protected":
      return isInForce(protection, resolution) ? undefined : "missedTag";
    case "misconfigured":
      return protection.misconfiguration?.tag === resolution.tag ? undefined : "missedTag";
    case "optedOut":
      return isReleased(protection, "OptedOut") ? undefined : "missedUntag";
    case "unprotected":
      return isReleased(protection, "Unprotected") ? undefined : "missedUntag";
    default:
      return resolution satisfies never;
  }
}

const isReleased = (protection: Protection, status: Protection["status"]): boolean =>
  protection.status === status && protection.misconfiguration === undefined;

const isInForce = (
  protection: Protection,
  { tag, policies }: { readonly tag?: string; readonly policies: readonly string[] },
): boolean =>
  protection.status === "Protected" &&
  protection.misconfiguration === undefined &&
  protection.tag === tag &&
  protection.policies.join() === policies.join();
