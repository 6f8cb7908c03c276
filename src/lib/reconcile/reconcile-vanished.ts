/** Has every VM planned that is recorded and that the pass did not see: the plan reads it, and finds it gone or not. */
import { every, partition } from "../state/entity-table.ts";
import type { Log } from "../telemetry.ts";
import { type ReconcileMessage, seenIn } from "./pass.ts";
import type { ReconcileDeps, StepOutcome } from "./reconcile-deps.ts";
import { recordDrift } from "./record-drift.ts";

/** Records on a page. */
const SIZE = 100;

export async function reconcileVanished(
  deps: ReconcileDeps,
  message: ReconcileMessage,
  log: Log,
): Promise<StepOutcome> {
  const { tables, delayed } = deps;
  const seen = new Set<string>();
  for await (const page of every(tables.seen, seenIn(message))) {
    for (const vm of page.vms) seen.add(vm);
  }
  const range = partition(message.subscriptionId);
  const { continuation: from } = message;
  const records = await tables.protections.list(range, { size: SIZE, continuation: from });
  for (const { vm, status } of records.records) {
    if (status === "VmDeleted" || seen.has(vm.slice(vm.indexOf("~") + 1))) continue;
    await recordDrift(deps, message, { kind: "missedDeletion", vm }, log);
    await delayed.planVm({ vm }, 0);
  }
  const { continuation } = records;
  return { kind: "done", ...(continuation === undefined ? {} : { continuation }) };
}
