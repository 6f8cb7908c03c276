import { azureLimits } from "../../../src/lib/policy/azure-limits.ts";
import type { Aftermath, Policy } from "../../../src/lib/policy/policy.ts";
import { planUpkeep } from "../../../src/lib/upkeep/plan-upkeep.ts";
import type { UpkeepInput } from "../../../src/lib/upkeep/upkeep.ts";
import { DAY, timeAt } from "../../fixtures/points.ts";
import { policies, policy, protection } from "../../fixtures/records.ts";

export interface Scene extends Partial<Omit<UpkeepInput, "policies">> {
  readonly active?: readonly Policy[];
  readonly retired?: readonly { policy: Policy; outcome: Aftermath }[];
}

/** The VM `web-01`, protected by `hourly`, two days after its first restore point. */
export const input = ({ active, retired = [], ...more }: Scene = {}): UpkeepInput => ({
  protection: protection(),
  policies: {
    active: policies(...(active ?? [policy("hourly")])),
    retired: new Map(retired.map((each) => [each.policy.name, each])),
  },
  points: [],
  copies: [],
  locks: [],
  others: 0,
  limits: azureLimits,
  now: timeAt(2 * DAY),
  ...more,
});

export const plan = (scene: Scene = {}) => planUpkeep(input(scene));

/** What is deleted, by name. */
export const deleted = (scene: Scene): string[] => plan(scene).deletions.map(({ point }) => point);
