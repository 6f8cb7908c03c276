/** Compares a page of Azure's VMs with what is recorded of them, and has every one planned that differs. */
import { type Protection, protectionKey } from "../fleet/protection.ts";
import type { VirtualMachine } from "../fleet/virtual-machine.ts";
import { type VmKey, vmKeyOf } from "../fleet/vm-key.ts";
import { type Policies, resolveProtection } from "../policy/resolve-protection.ts";
import type { Log } from "../telemetry.ts";
import type { Drift } from "./drift.ts";
import type { ReconcileMessage } from "./pass.ts";
import type { ReconcileDeps, StepOutcome } from "./reconcile-deps.ts";
import { recordDrift } from "./record-drift.ts";

/** Of VMs whose records are read at once. */
const AT_ONCE = 16;
/** A VM that is planned right now is not late. */
const GRACE_MS = 120_000;

export async function reconcileVms(
  deps: ReconcileDeps,
  message: ReconcileMessage,
  log: Log,
): Promise<StepOutcome> {
  const { subscriptionId, pass, page: number } = message;
  const page = await deps.arm.listVirtualMachines(subscriptionId, message.continuation);
  if (page.kind !== "page") return { kind: "failed", failure: page };
  const { active } = await deps.policies.inForce(deps.now());
  const vms = page.vms.flatMap((vm) => {
    const key = vmKeyOf(vm.id);
    return key ? [{ key, vm }] : [];
  });
  const names = vms.map(({ key }) => key.slice(key.indexOf("~") + 1));
  await deps.tables.seen.upsert({ subscriptionId, pass, page: number, vms: names });
  for (let from = 0; from < vms.length; from += AT_ONCE) {
    const some = vms.slice(from, from + AT_ONCE);
    await Promise.all(some.map(({ key, vm }) => reconcileVm(deps, message, key, vm, active, log)));
  }
  const { continuation } = page;
  return { kind: "done", ...(continuation === undefined ? {} : { continuation }) };
}

async function reconcileVm(
  deps: ReconcileDeps,
  message: ReconcileMessage,
  key: VmKey,
  vm: VirtualMachine,
  policies: Policies,
  log: Log,
): Promise<void> {
  const protection = (await deps.tables.protections.get(protectionKey(key)))?.record;
  const kind = driftOf(protection, vm, deps.tagName, policies);
  if (kind === undefined || isRecent(protection, vm, deps.now())) return;
  await recordDrift(deps, message, { kind, vm: key }, log);
  await deps.delayed.planVm({ vm: key }, 0);
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
  tagName: string,
  policies: Policies,
): Drift["kind"] | undefined {
  const resolution = resolveProtection(vm, tagName, policies);
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
