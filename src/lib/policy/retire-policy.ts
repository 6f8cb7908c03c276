/**
 * Deletes a policy: it makes no restore points any more, and those that it made fare as the one who deletes it says.
 * As long as it protects a VM, that has to be said.
 */
import type { VmKey } from "../fleet/vm-key.ts";
import type { Tables } from "../state/tables.ts";
import { type ChangePolicyDeps, changePolicy } from "./change-policy.ts";
import { type PolicyRecord, policyKey, retire, type WrittenOutcome } from "./policy-record.ts";

export interface RetirePolicyDeps extends ChangePolicyDeps {
  readonly tables: ChangePolicyDeps["tables"] & Pick<Tables, "protections">;
}

export interface RetirePolicy {
  readonly name: string;
  /** What becomes of its restore points; not said is `keep`. */
  readonly outcome: WrittenOutcome | undefined;
  /** Whether the policy may be deleted as it is now; a deleted one is none. */
  readonly mayWrite: (current: PolicyRecord | undefined) => boolean;
}

export type RetireOutcome =
  | { readonly kind: "retired" | "absent" | "preconditionFailed" }
  /** The VMs are some of those that it protects. */
  | { readonly kind: "inUse"; readonly vms: readonly VmKey[] };

const KEEP: WrittenOutcome = { outcome: "keep" };

export async function retirePolicy(
  deps: RetirePolicyDeps,
  { name, outcome, mayWrite }: RetirePolicy,
  now: Date,
): Promise<RetireOutcome> {
  const stored = (await deps.tables.policies.get(policyKey(name)))?.record;
  if (stored?.state === "Active" && outcome === undefined && mayWrite(stored)) {
    const vms = await protectedBy(deps.tables.protections, name);
    if (vms.length > 0) return { kind: "inUse", vms };
  }
  const change = await changePolicy<RetireOutcome>(deps, name, (current) => {
    const active = current?.state === "Active" ? current : undefined;
    if (!mayWrite(active)) return { kind: "leave", why: { kind: "preconditionFailed" } };
    if (current === undefined) return { kind: "leave", why: { kind: "absent" } };
    if (!active && (outcome === undefined || sameOutcome(current.outcome, outcome))) {
      return { kind: "leave", why: { kind: "absent" } };
    }
    return { kind: "write", record: retire(current, outcome ?? KEEP, now) };
  });
  return change.kind === "leave" ? change.why : { kind: "retired" };
}

const sameOutcome = (one: WrittenOutcome = KEEP, other: WrittenOutcome): boolean =>
  one.outcome === other.outcome && one.after === other.after;

/** Of the first page with any: enough to refuse, and to show where to look. */
async function protectedBy(
  protections: Tables["protections"],
  policy: string,
): Promise<readonly VmKey[]> {
  let continuation: string | undefined;
  do {
    const page = await protections.list({}, { size: 1000, continuation });
    const using = page.records.filter(({ policies }) => policies.includes(policy));
    if (using.length > 0) return using.map(({ vm }) => vm);
    continuation = page.continuation;
  } while (continuation !== undefined);
  return [];
}
