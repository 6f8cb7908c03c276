/** Whether a VM has the restore points that its policies promise. Made from its record alone, so a whole fleet can be listed. */
import { type Protection, protectionState } from "../fleet/protection.ts";
import { durationText } from "../policy/duration.ts";
import type { Policy } from "../policy/policy.ts";
import type { Policies } from "../policy/resolve-protection.ts";
import { longestGapOf } from "../policy/schedule.ts";
import type { VmCompliance } from "./compliance.ts";

/** What a policy promises if it does not say: one missed restore point may pass, two may not. */
const rpoTargetOf = ({ rpoTarget, schedule }: Policy): number =>
  rpoTarget ?? 2 * longestGapOf(schedule);

export function complianceOf(protection: Protection, policies: Policies, now: Date): VmCompliance {
  const { vm, lastGoodPoint, misconfiguration } = protection;
  const rpo = rpoOf(protection, policies, now);
  const reason = misconfiguration?.reason ?? (rpo && breachOf(protection, rpo));
  return {
    id: vm,
    state: protectionState(protection),
    policies: protection.policies,
    ...(lastGoodPoint ? { lastGoodPoint } : {}),
    ...(rpo ? { age: durationText(rpo.age), rpoTarget: durationText(rpo.target) } : {}),
    compliant: reason === undefined,
    ...(reason === undefined ? {} : { reason }),
  };
}

interface Rpo {
  readonly age: number;
  readonly target: number;
}

/** Undefined: nothing is promised. */
function rpoOf(
  { status, lastGoodPoint, policiesSince, policies: names }: Protection,
  policies: Policies,
  now: Date,
): Rpo | undefined {
  const targets = names.flatMap((name) => {
    const policy = policies.get(name);
    return policy ? [rpoTargetOf(policy)] : [];
  });
  if (status !== "Protected" || targets.length === 0) return undefined;
  const age = now.getTime() - Date.parse(lastGoodPoint?.at ?? policiesSince);
  return { age: Math.max(0, age), target: Math.min(...targets) };
}

function breachOf({ lastGoodPoint }: Protection, { age, target }: Rpo): string | undefined {
  if (age <= target) return undefined;
  const what = lastGoodPoint
    ? `The last good restore point is ${durationText(age)} old`
    : `There has been no good restore point for ${durationText(age)}`;
  return `${what}; the target is ${durationText(target)}.`;
}
