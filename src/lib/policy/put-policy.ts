/** Creates or replaces a policy; one that was deleted comes back. */
import { type ChangePolicyDeps, changePolicy } from "./change-policy.ts";
import { type PolicyRecord, withDocument } from "./policy-record.ts";

export interface PutPolicy {
  readonly name: string;
  /** A valid one. */
  readonly document: Record<string, unknown>;
  /** Whether the policy may be written as it is now; a deleted one is none. */
  readonly mayWrite: (current: PolicyRecord | undefined) => boolean;
}

export type PutOutcome =
  | { readonly kind: "created" | "replaced" | "unchanged"; readonly record: PolicyRecord }
  | { readonly kind: "preconditionFailed" };

export async function putPolicy(
  deps: ChangePolicyDeps,
  { name, document, mayWrite }: PutPolicy,
  now: Date,
): Promise<PutOutcome> {
  let exists = false;
  const change = await changePolicy<PutOutcome>(deps, name, (stored) => {
    const current = stored?.state === "Active" ? stored : undefined;
    exists = current !== undefined;
    if (!mayWrite(current)) return { kind: "leave", why: { kind: "preconditionFailed" } };
    if (current && JSON.stringify(current.document) === JSON.stringify(document)) {
      return { kind: "leave", why: { kind: "unchanged", record: current } };
    }
    return { kind: "write", record: withDocument(stored, { name, document }, now) };
  });
  if (change.kind === "leave") return change.why;
  return { kind: exists ? "replaced" : "created", record: change.record };
}
