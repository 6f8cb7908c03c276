/** Where a policy keeps the restore points of one VM, and by which rules. */
import type { CopyRule, Policy } from "../policy/policy.ts";
import type { RetentionRule } from "../retention/retention-rule.ts";

export interface EffectiveRules {
  /** For the restore points themselves. */
  readonly local: RetentionRule;
  readonly copies: readonly CopyRule[];
}

/**
 * A policy that names another region alone: the restore point is made here and copied there, and here only the newest
 * stays. `madeIn`: one that was made straight in that region lives by the policy's own rule.
 */
export function effectiveRules(
  policy: Policy,
  vmLocation: string,
  madeIn = vmLocation,
): EffectiveRules {
  const { region, retention, copies } = policy;
  if (region === undefined || region === madeIn.toLowerCase()) {
    return { local: retention, copies };
  }
  const { timeZone } = retention;
  return {
    local: { last: 1, floor: 1, timeZone },
    copies: [{ region, retention }, ...copies],
  };
}
