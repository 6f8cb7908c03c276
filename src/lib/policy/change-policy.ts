/** Writes a policy by compare-and-set, has the fleet planned by it, and keeps its copy beside the table up to date. */
import type { DelayedMessages } from "../operations/messages.ts";
import type { RecordCopies } from "../state/record-copies.ts";
import type { Tables } from "../state/tables.ts";
import { type PolicyRecord, policyKey } from "./policy-record.ts";
import { POLICY_CACHE_MS } from "./policy-store.ts";

export interface ChangePolicyDeps {
  readonly tables: Pick<Tables, "policies">;
  readonly policyCopies: RecordCopies<PolicyRecord>;
  readonly delayed: Pick<DelayedMessages, "planFleet">;
}

/** What shall become of a policy: another record, or nothing, for the reason `why`. */
export type PolicyChange<Why> =
  | { readonly kind: "write"; readonly record: PolicyRecord }
  | { readonly kind: "leave"; readonly why: Why };

/** When every process has forgotten what it knew of the policy, with a margin for the write itself. */
const PLAN_FLEET_AFTER_MS = POLICY_CACHE_MS + 5_000;
/** A writer that loses this often is not racing, it is looping. */
const MOST_TRIES = 8;

export async function changePolicy<Why>(
  deps: ChangePolicyDeps,
  name: string,
  decide: (current: PolicyRecord | undefined) => PolicyChange<Why>,
): Promise<PolicyChange<Why>> {
  const { policies } = deps.tables;
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const stored = await policies.get(policyKey(name));
    const change = decide(stored?.record);
    if (change.kind === "leave") return change;
    // Before the write: a crash in between costs a needless pass over the fleet, and never loses one.
    await deps.delayed.planFleet({ policy: name }, PLAN_FLEET_AFTER_MS);
    const written = stored
      ? await policies.replace(change.record, stored.etag)
      : await policies.insert(change.record);
    if (written === "conflict" || written === "exists") continue;
    await copyPolicy(deps, name);
    return change;
  }
  throw new Error(`Lost the race for the policy ${name} ${MOST_TRIES} times.`);
}

/** A writer that was overtaken after its copy copies what is there now: its own may have come last. */
export async function copyPolicy(
  { tables, policyCopies }: Pick<ChangePolicyDeps, "tables" | "policyCopies">,
  name: string,
): Promise<void> {
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const stored = await tables.policies.get(policyKey(name));
    if (stored === undefined) return;
    const copied = { ...stored.record, copiedGeneration: stored.record.generation };
    await policyCopies.put(name, copied);
    if ((await tables.policies.replace(copied, stored.etag)) !== "conflict") return;
  }
  throw new Error(`Lost the race for the copy of the policy ${name} ${MOST_TRIES} times.`);
}

export const isCopied = ({ generation, copiedGeneration }: PolicyRecord): boolean =>
  copiedGeneration === generation;
