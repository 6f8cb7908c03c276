/** How many restore points a retention rule keeps at any time, and how much of a disk they hold. Pure. */

/** As a policy has it. */
export interface Retention {
  readonly last?: number | undefined;
  readonly hourly?: number | undefined;
  readonly daily?: number | undefined;
  readonly weekly?: number | undefined;
  readonly monthly?: number | undefined;
  readonly yearly?: number | undefined;
}

const TIER_DAYS = { hourly: 1 / 24, daily: 1, weekly: 7, monthly: 30.44, yearly: 365.25 } as const;

/** Ages in days, the youngest first, of what is kept when a restore point is made every so many days. */
export function keptAges(retention: Retention, everyDays: number): number[] {
  const ages = new Set<number>();
  // A tier keeps whole restore points: the one made next after its boundary.
  const add = (count: number, apart: number) => {
    const step = Math.max(1, Math.round(apart / everyDays));
    for (let index = 0; index < count; index++) ages.add(index * step);
  };
  const { last = 0 } = retention;
  add(last, everyDays);
  for (const tier of Object.keys(TIER_DAYS) as (keyof typeof TIER_DAYS)[])
    add(retention[tier] ?? 0, TIER_DAYS[tier]);
  return [...ages].sort((one, other) => one - other).map((slots) => slots * everyDays);
}

/**
 * GiB of one disk's restore points: the oldest is whole, each other holds what has changed since the one before it,
 * which is never more than what is used. The most that it can be: a block that is written every day is counted once
 * between two restore points here only up to the used size.
 */
export function heldGib(
  ages: readonly number[],
  usedGib: number,
  changedGibPerDay: number,
): number {
  const changes = ages.slice(1).map((age, index) => {
    const days = age - (ages[index] ?? 0);
    return Math.min(usedGib, changedGibPerDay * days);
  });
  return usedGib + changes.reduce((sum, gib) => sum + gib, 0);
}
