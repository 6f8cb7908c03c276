/**
 * What somebody asked for otherwise than policies say: a time of its own, or another region alone. Policies do not
 * count such a restore point, but for their floor: it goes only if as many newer ones are there.
 */
import type { RetentionClaim } from "../retention/keep-by-claim.ts";
import { type ClaimsInput, type Kept, ruleOf } from "./kept.ts";

/** The claim of its own; undefined: policies count it as any other. */
export function askedClaim({ keepUntil, movedTo }: Kept): RetentionClaim | undefined {
  const rule = { floor: 0, timeZone: "UTC" };
  if (movedTo !== undefined) {
    return { name: `moved to ${movedTo}`, rule, mode: { kind: "elsewhere", region: movedTo } };
  }
  if (keepUntil === undefined) return undefined;
  return { name: `until ${keepUntil}`, rule, mode: { kind: "until", until: new Date(keepUntil) } };
}

/** A claim for the floor of each policy, and which of `kept` it counts: policies' own ones among them. */
export function floorClaims<T extends Kept>(
  input: ClaimsInput,
  kept: readonly T[],
): { claim: RetentionClaim; counted: readonly T[] }[] {
  const claims = new Map<string, { claim: RetentionClaim; counted: readonly T[] }>();
  for (const { vmId, policies } of kept.filter((one) => askedClaim(one) !== undefined)) {
    for (const policyName of policies) {
      const name = `${policyName} of VM ${vmId.slice(0, 8)}, requests included`;
      const floor = floorOf(input, policyName);
      if (floor === undefined || claims.has(name)) continue;
      const rule = { last: floor, floor, timeZone: "UTC" };
      claims.set(name, {
        claim: { name, rule, mode: { kind: "inForce" } },
        counted: kept.filter((one) => one.vmId === vmId && one.policies.includes(policyName)),
      });
    }
  }
  return [...claims.values()];
}

function floorOf({ policies, protection, region }: ClaimsInput, name: string): number | undefined {
  const policy = policies.active.get(name) ?? policies.retired.get(name)?.policy;
  return policy && ruleOf(policy, protection, region)?.floor;
}
