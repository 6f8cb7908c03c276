/** What a policy would do, before it does it: which VMs it matches and why not the others, and what one VM would get. */
import type { VirtualMachine } from "../fleet/virtual-machine.ts";
import { type VmKey, vmKeyOf } from "../fleet/vm-key.ts";
import type { AzureLimits } from "../policy/azure-limits.ts";
import { durationText } from "../policy/duration.ts";
import type { Policy } from "../policy/policy.ts";
import { type Policies, resolveProtection } from "../policy/resolve-protection.ts";
import { shortestGapOf } from "../policy/schedule.ts";
import { mostHeldBy } from "../retention/most-held-by.ts";
import { effectiveRules } from "../upkeep/effective-rules.ts";
import { forecast } from "./forecast.ts";
import type { PolicyForecast, VmMatch } from "./preview.ts";
import { upcomingSlots } from "./upcoming-slots.ts";

const DAY = 86_400_000;

/** Whether `policy` would protect the VM if it were in force as it is here. */
export function matchOf(
  policy: Policy,
  vm: VirtualMachine,
  tagName: string,
  policies: Policies,
): VmMatch {
  const id = vmKeyOf(vm.id) ?? vm.id;
  const resolution = resolveProtection(vm, tagName, new Map([...policies, [policy.name, policy]]));
  const no = (reason: string): VmMatch => ({ id, matched: false, reason });
  switch (resolution.kind) {
    case "protected": {
      const { tag, policies: names } = resolution;
      const how = tag === undefined ? "The selection matches it." : `Its tag is \`${tag}\`.`;
      if (names.includes(policy.name)) return { id, matched: true, reason: how };
      return no(
        tag === undefined
          ? `Only ${names.join(", ")} select it.`
          : `Its tag \`${tag}\` names others.`,
      );
    }
    case "optedOut":
      return no("Its tag leaves it out, which beats every selection.");
    case "misconfigured":
      return no(`Its tag \`${resolution.tag}\` cannot be read: ${resolution.reason}`);
    case "unprotected":
      return no(
        policy.select === undefined
          ? `It has no tag \`${tagName}\`, and the policy selects nothing by itself.`
          : `It has no tag \`${tagName}\`, and the policy's selection does not match it.`,
      );
    default:
      return resolution satisfies never;
  }
}

export function forecastPolicy(
  policy: Policy,
  { vm, location }: { vm: VmKey; location: string },
  limits: AzureLimits,
  now: Date,
  days: number,
): PolicyForecast {
  const until = new Date(now.getTime() + days * DAY);
  const { local, copies } = effectiveRules(policy, location);
  const regions = [{ region: location, retention: local }, ...copies];
  const forecasts = regions.map(({ region, retention }) => ({
    region,
    outcome: forecast({
      points: [],
      claims: [{ name: policy.name, rule: retention, mode: { kind: "inForce" } }],
      slots: slots(),
      until,
    }),
  }));
  return {
    days,
    perVm: forecasts.map(({ region, outcome: { made, deletions, most, left } }) => ({
      region,
      made,
      deleted: deletions.length,
      most,
      left,
    })),
    firstDeletions: (forecasts[0]?.outcome.deletions ?? [])
      .slice(0, 10)
      .map(({ name, at, reason }) => ({ name, at: at.toISOString(), reason })),
    arithmetic: arithmeticOf(policy, limits),
  };

  function* slots() {
    for (const { name, at } of upcomingSlots([policy], vm, now, until)) {
      yield { name, at, claims: [policy.name] };
    }
  }
}

function arithmeticOf({ schedule, retention, copies }: Policy, limits: AzureLimits): string[] {
  const gap = shortestGapOf(schedule);
  const held = (rule: typeof retention) => {
    const most = mostHeldBy(rule, gap);
    return Number.isFinite(most) ? `at most ${Math.ceil(most)}` : "more and more";
  };
  return [
    `One restore point every ${durationText(gap)} at the most often.`,
    `The retention holds ${held(retention)} of the ${limits.pointsPerVm} that Azure allows a VM.`,
    ...copies.map((copy) => `The copies in ${copy.region} come to ${held(copy.retention)}.`),
  ];
}
