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
  const promised = promiseOf(protection, policies);
  const rpo = promised && { age: Math.max(0, now.getTime() - promised.from), ...promised };
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

/** When a VM misses its RPO unless it has a good restore point first, in milliseconds; undefined: nothing is promised. */
export function rpoOf(
  protection: Protection,
  policies: Policies,
): { readonly target: number; readonly missedAt: number } | undefined {
  const promised = promiseOf(protection, policies);
  return promised && { target: promised.target, missedAt: promised.from + promised.target };
}

/** So long after `from` the next good restore point is due, in milliseconds. */
interface Promised {
  readonly from: number;
  readonly target: number;
}

interface Rpo extends Promised {
  readonly age: number;
}

/** Undefined: nothing is promised. */
function promiseOf(
  { status, lastGoodPoint, policiesSince, policies: names }: Protection,
  policies: Policies,
): Promised | undefined {
  const targets = names.flatMap((name) => {
    const policy = policies.get(name);
    return policy ? [rpoTargetOf(policy)] : [];
  });
  if (status !== "Protected" || targets.length === 0) return undefined;
  return { from: Date.parse(lastGoodPoint?.at ?? policiesSince), target: Math.min(...targets) };
}

function breachOf({ lastGoodPoint }: Protection, { age, target }: Rpo): string | undefined {
  if (age <= target) return undefined;
  const what = lastGoodPoint
    ? `The last good restore point is ${durationText(age)} old`
    : `There has been no good restore point for ${durationText(age)}`;
  return `${what}; the target is ${durationText(target)}.`;
}
