/**
 * Which policies have a say in which restore point, and by what rule:
 *
 *     the policy protects the VM now        its retention, for every point that is consistent enough for it
 *     it does not, and the VM is there      what the policy says of VMs that are untagged
 *     the VM is gone, or another bears      what the policy says of VMs that are deleted
 *       its name now
 *     the policy was deleted                what was said when it was deleted
 *     nobody knows the policy               nothing is deleted
 *     somebody asked for it otherwise       what was asked for, and the floors of its policies
 */
import type { Protection } from "../fleet/protection.ts";
import { type Aftermath, isAtLeast, type Policy } from "../policy/policy.ts";
import { longestGapOf, type Schedule } from "../policy/schedule.ts";
import type { RetentionClaim } from "../retention/keep-by-claim.ts";
import { askedClaim, floorClaims } from "./asked-claims.ts";
import { effectiveRules } from "./effective-rules.ts";
import { type ClaimsInput, type Kept, ruleOf } from "./kept.ts";

/** The policies that protect the VM now and keep anything in the region. */
export function policiesInForce({ protection, policies, region }: ClaimsInput): Policy[] {
  if (protection.status !== "Protected") return [];
  return protection.policies
    .map((name) => policies.active.get(name))
    .filter((policy) => policy !== undefined)
    .filter((policy) => ruleOf(policy, protection, region) !== undefined);
}

/** Whether a restore point is consistent enough for a policy, or was made for it. */
export const fits = (kept: Kept, policy: Policy, { options }: Protection): boolean =>
  !kept.partial &&
  (kept.policies.includes(policy.name) ||
    isAtLeast(kept.consistencyRequested, options.consistency ?? policy.consistency));

/** All claims by name, and the names that concern each of `kept`. */
export function claimsOn<T extends Kept>(
  input: ClaimsInput,
  kept: readonly T[],
): { claims: RetentionClaim[]; claimsOf: (one: T) => string[] } {
  const { protection } = input;
  const claims = new Map<string, RetentionClaim>();
  const inForce = policiesInForce(input);
  for (const policy of inForce) {
    const rule = ruleOf(policy, protection, input.region);
    if (rule) claims.set(policy.name, { name: policy.name, rule, mode: { kind: "inForce" } });
  }
  const names = new Map(kept.map((one) => [one, namesOf(input, inForce, one, claims)]));
  for (const { claim, counted } of floorClaims(input, kept)) {
    claims.set(claim.name, claim);
    for (const one of counted) {
      const others = names.get(one) ?? [];
      // What nobody claims stays so: it is deleted by hand only.
      if (others.length > 0) names.set(one, [...others, claim.name]);
    }
  }
  return { claims: [...claims.values()], claimsOf: (one) => names.get(one) ?? [] };
}

function namesOf(
  input: ClaimsInput,
  inForce: readonly Policy[],
  one: Kept,
  claims: Map<string, RetentionClaim>,
): string[] {
  const { protection } = input;
  const asked = askedClaim(one);
  if (asked) {
    claims.set(asked.name, asked);
    return [asked.name];
  }
  const current = one.vmId === protection.vmId ? inForce : [];
  const fitting = current.filter((policy) => fits(one, policy, protection));
  if (fitting.length > 0) {
    return fitting.map((policy) => claimInForce(input, policy, one, claims));
  }
  return one.requested ? [] : claimsAfterwards(input, one, claims);
}

/** One that was made straight in the policy's own region has a claim of its own. */
function claimInForce(
  { protection: { location }, region }: ClaimsInput,
  policy: Policy,
  one: Kept,
  claims: Map<string, RetentionClaim>,
): string {
  const isElsewhere = one.location !== undefined && one.location !== location;
  if (region !== undefined || !isElsewhere || policy.region !== one.location) return policy.name;
  const name = `${policy.name} in ${one.location}`;
  const rule = effectiveRules(policy, location, one.location).local;
  claims.set(name, { name, rule, mode: { kind: "inForce" } });
  return name;
}

/** Of the policies that it was made for, none of which is in force for it any more. */
function claimsAfterwards(
  { protection, policies }: ClaimsInput,
  one: Kept,
  claims: Map<string, RetentionClaim>,
): string[] {
  const gone = protection.status === "VmDeleted" || one.vmId !== protection.vmId;
  return one.policies.flatMap((policyName) => {
    const retired = policies.retired.get(policyName);
    const policy = policies.active.get(policyName) ?? retired?.policy;
    if (policy === undefined) return [];
    // A VM that was made anew is another: each of those that are gone keeps a floor of its own.
    const since = gone ? `its VM ${one.vmId.slice(0, 8)} deleted` : "no longer in force";
    const name = `${policyName}, ${since}`;
    const aftermath = retired?.outcome ?? (gone ? policy.whenVmDeleted : policy.whenUntagged);
    const mode = modeOf(aftermath, protection, policy.schedule);
    claims.set(name, { name, rule: policy.retention, mode });
    return [name];
  });
}

function modeOf(
  aftermath: Aftermath,
  { policiesSince }: Protection,
  schedule: Schedule,
): RetentionClaim["mode"] {
  switch (aftermath.outcome) {
    case "keep":
      return { kind: "keep" };
    case "ageOut":
      return { kind: "ageOut", interval: longestGapOf(schedule) };
    case "delete":
      return { kind: "delete", after: new Date(Date.parse(policiesSince) + aftermath.after) };
    default:
      return aftermath satisfies never;
  }
}
