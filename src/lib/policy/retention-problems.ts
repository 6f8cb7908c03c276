/** Retention rules that cannot be kept, or that contradict themselves. */

import type { Problem } from "../problem.ts";
import { mostHeldBy } from "../retention/most-held-by.ts";
import { type RetentionRule, tierNames } from "../retention/retention-rule.ts";
import type { AzureLimits } from "./azure-limits.ts";
import { durationText } from "./duration.ts";

export interface RetentionSetting {
  readonly field: string;
  readonly rule: RetentionRule;
  /** The shortest time between two restore points, in milliseconds. */
  readonly interval: number;
  readonly limits: Pick<AzureLimits, "pointsPerVm" | "pointsLeftFree">;
}

export const retentionProblems = (setting: RetentionSetting): Problem[] => [
  ...tooMany(setting),
  ...contradictoryFloor(setting),
  ...contradictoryAge(setting),
];

function* tooMany({ field, rule, interval, limits }: RetentionSetting) {
  const { pointsPerVm, pointsLeftFree } = limits;
  // The floor has a refusal of its own.
  const most = Math.ceil(mostHeldBy({ ...rule, floor: 1 }, interval));
  if (most <= pointsPerVm - pointsLeftFree) return;
  const limit = `Azure holds ${pointsPerVm} of a VM, of which ${pointsLeftFree} are left free.`;
  if (Number.isFinite(most)) {
    yield { field, message: `${sumOf(rule, interval)} = ${most} restore points; ${limit}` };
  } else {
    yield { field, message: `Without tiers and maxAge, no restore point ever goes; ${limit}` };
  }
}

function* contradictoryFloor({ field, rule, interval, limits }: RetentionSetting) {
  const { floor } = rule;
  const tiers = tiersOf(rule);
  const kept = tiers.reduce((sum, { count }) => sum + count, 0);
  const at = `${field}.floor`;
  if (tiers.length > 0 && floor > kept) {
    const sum = tiers.length > 1 ? ` ${sumOf({ ...rule, maxAge: undefined }, interval)} =` : "";
    yield { field: at, message: `${floor} is more than the${sum} ${kept} that the tiers keep.` };
  }
  if (floor > limits.pointsPerVm) {
    yield {
      field: at,
      message: `${floor} is more than the ${limits.pointsPerVm} that Azure holds of a VM.`,
    };
  }
}

function* contradictoryAge({ field, rule, interval }: RetentionSetting) {
  const { maxAge, floor } = rule;
  if (maxAge === undefined) return;
  const [age, apart] = [durationText(maxAge), durationText(interval)];
  if (maxAge < interval) {
    const message = `${age} is shorter than the ${apart} between two restore points: only the floor of ${floor} would ever be left.`;
    yield { field: `${field}.maxAge`, message };
  } else if ((floor - 1) * interval >= maxAge) {
    const reach = `${floor} restore points, ${apart} apart, reach back ${durationText((floor - 1) * interval)}`;
    yield { field: `${field}.floor`, message: `${reach}; maxAge ${age} would never delete one.` };
  }
}

const tiersOf = (rule: RetentionRule) =>
  (["last", ...tierNames] as const).flatMap((name) => {
    const count = rule[name];
    return count === undefined ? [] : [{ name, count }];
  });

/** `last 24 + daily 7 within maxAge P30D`. */
function sumOf(rule: RetentionRule, interval: number): string {
  const tiers = tiersOf(rule).map(({ name, count }) => `${name} ${count}`);
  const all = `One every ${durationText(interval)}`;
  const sum = tiers.length > 0 ? tiers.join(" + ") : all;
  return rule.maxAge === undefined ? sum : `${sum} within maxAge ${durationText(rule.maxAge)}`;
}
