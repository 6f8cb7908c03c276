/** The schedule of one VM, planned by instances whose clocks differ. */

import fc from "fast-check";
import { expect, test } from "vitest";
import type { Protection } from "../../../src/lib/fleet/protection.ts";
import { planSchedule } from "../../../src/lib/plan/plan-schedule.ts";
import { azureLimits } from "../../../src/lib/policy/azure-limits.ts";
import { policies, policy, protection } from "../../fixtures/records.ts";

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const START = Date.parse("2026-01-31T10:00:00.000Z");

const known = policies(policy("hourly", { schedule: { every: "PT1H", spread: "PT0M" } }));

/** Time goes on by `minutes`; the instance that plans then has a clock that is wrong by `skew` seconds. */
const steps = fc.array(
  fc.record({
    // Around the full hour, where it matters.
    minutes: fc.oneof(fc.integer({ min: 0, max: 4 }), fc.integer({ min: 50, max: 70 })),
    skew: fc.integer({ min: -300, max: 300 }),
    succeeds: fc.boolean(),
  }),
  { minLength: 1, maxLength: 60 },
);

/** The restore point of the first open slot is made, or fails for good. */
function close(current: Protection, succeeds: boolean): Protection {
  const [first, ...openSlots] = current.openSlots;
  if (first === undefined) return current;
  const { slot, at, consistency } = first;
  const state = succeeds ? ("Succeeded" as const) : ("Failed" as const);
  return { ...current, openSlots, lastSlot: { slot, at, consistency, state, point: `${slot}-a1` } };
}

test("each slot is opened once and in order, whoever looks, and the next one is never long in coming", () => {
  fc.assert(
    fc.property(steps, (all) => {
      let now = START;
      let current = protection();
      const opened: string[] = [];
      for (const { minutes, skew, succeeds } of all) {
        now += minutes * MINUTE;
        const clock = new Date(now + skew * SECOND);
        current = planSchedule(current, known, azureLimits, clock);
        opened.push(...current.openSlots.map(({ slot }) => slot));
        current = close(current, succeeds);
        const ahead = Date.parse(current.nextSlotAt ?? "") - clock.getTime();
        expect(ahead).toBeLessThanOrEqual(70 * MINUTE);
      }
      expect(opened).toEqual([...new Set(opened)].sort());
    }),
    { numRuns: 300 },
  );
});
