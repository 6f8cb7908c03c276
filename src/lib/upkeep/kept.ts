/** What the claims on restore points go by. */
import type { Protection } from "../fleet/protection.ts";
import type { Policy, RequestedConsistency } from "../policy/policy.ts";
import type { PolicySet } from "../policy/policy-store.ts";
import type { RetentionRule } from "../retention/retention-rule.ts";
import { effectiveRules } from "./effective-rules.ts";

/** What a restore point and its copies have in common. */
export interface Kept {
  readonly vmId: string;
  readonly policies: readonly string[];
  readonly consistencyRequested: RequestedConsistency;
  /** Azure region of a restore point; left out for copies. */
  readonly location?: string;
  /** Somebody asked for it to be kept until then. */
  readonly keepUntil?: string | undefined;
  /** It was to be in that region alone, and is there. */
  readonly movedTo?: string | undefined;
  /** Somebody left out disks of it that no policy does. */
  readonly partial?: boolean | undefined;
  /** Of a copy: somebody asked for it. */
  readonly requested?: boolean | undefined;
}

export interface ClaimsInput {
  readonly protection: Protection;
  readonly policies: PolicySet;
  /** Of the copies in this region; left out for the restore points themselves. */
  readonly region?: string;
}

/** Of a policy in the VM's own region, or in one with copies; undefined: it keeps nothing there. */
export function ruleOf(
  policy: Policy,
  { location }: Protection,
  region: string | undefined,
): RetentionRule | undefined {
  const { local, copies } = effectiveRules(policy, location);
  if (region === undefined) return local;
  return copies.find((copy) => copy.region === region)?.retention;
}
