/** How slots of `plan-schedule.ts` keep the intervals that Azure supports. */

import { describe, expect, test } from "vitest";
import type { ClosedSlot, Protection } from "../../../src/lib/fleet/protection.ts";
import { planSchedule } from "../../../src/lib/plan/plan-schedule.ts";
import { azureLimits } from "../../../src/lib/policy/azure-limits.ts";
import { openSlot, operationId, policies, policy, protection } from "../../fixtures/records.ts";

const HOUR = 3_600_000;
const onTheHour = (name: string, every: string, consistency: string) =>
  policy(name, { schedule: { every, spread: "PT0M" }, consistency });
const known = policies(
  onTheHour("hourly", "PT1H", "CrashConsistent"),
  onTheHour("often", "PT15M", "CrashConsistent"),
  onTheHour("daily", "P1D", "ApplicationConsistent"),
  onTheHour("either", "PT1H", "ApplicationThenCrashConsistent"),
);

const at = (time: string) => `2026-01-31T${time}:00.000Z`;
const closed = (time: string, more: Partial<ClosedSlot> = {}): ClosedSlot => ({
  slot: "s",
  at: at(time),
  state: "Succeeded",
  point: "s-a1",
  ...more,
});

/** The slots that open at the given time, beside those that were open before. */
function opened(now: string, more: Partial<Protection>) {
  const before = protection({ nextSlotAt: at(now), ...more });
  return planSchedule(before, known, azureLimits, new Date(at(now))).openSlots.slice(
    before.openSlots.length,
  );
}

/** Plans every quarter of an hour; each slot that opens succeeds at once. */
function consistenciesMade(from: string, hours: number, names: string[]): string[] {
  let current = protection({ policies: names, nextSlotAt: from });
  const made: string[] = [];
  const start = Date.parse(from);
  for (let now = start; now <= start + hours * HOUR; now += HOUR / 4) {
    current = planSchedule(current, known, azureLimits, new Date(now));
    for (const { slot, at, consistency } of current.openSlots) {
      made.push(`${at.slice(11, 16)} ${consistency}`);
      const lastSlot = { slot, at, consistency, state: "Succeeded", point: "" } as const;
      current = { ...current, openSlots: [], lastSlot };
    }
  }
  return made;
}

describe("after a restore point that is strong enough, the next one comes", () => {
  test.each([
    ["hourly", "10:01", 0],
    ["hourly", "10:00", 1],
    ["either", "08:01", 0],
    ["either", "08:00", 1],
  ])("%s, made at %s: %i slot at 11:00", (name, time, slots) => {
    const { consistency } = known.get(name) ?? policy(name);
    const lastSlot = closed(time, { consistency });
    const running = openSlot({ at: at(time), consistency, operation: operationId() });
    expect(opened("11:00", { policies: [name], lastSlot })).toHaveLength(slots);
    expect(opened("11:00", { policies: [name], openSlots: [running] })).toHaveLength(slots);
  });

  test("at the slot after it, when this one is served already", () => {
    const before = protection({ lastSlot: closed("10:30") });
    expect(planSchedule(before, known, azureLimits, new Date(at("11:00")))).toMatchObject({
      openSlots: [],
      nextSlotAt: at("12:00"),
    });
  });

  test("at once when that attempt failed", () => {
    expect(opened("11:00", { lastSlot: closed("10:30", { state: "Failed" }) })).toHaveLength(1);
  });
});

describe("a restore point that is weaker", () => {
  test("does not stand in for a stronger one", () => {
    const lastSlot = closed("10:30", { consistency: "CrashConsistent" });
    expect(opened("11:00", { policies: ["either"], lastSlot })).toHaveLength(1);
  });

  test("leaves the policies that it serves out of the stronger slot", () => {
    const lastSlot = closed("23:30", { consistency: "CrashConsistent" });
    const before = protection({ policies: ["hourly", "daily"], lastSlot });
    const midnight = "2026-02-01T00:00:00.000Z";
    const after = planSchedule(
      { ...before, nextSlotAt: midnight },
      known,
      azureLimits,
      new Date(midnight),
    );
    expect(after.openSlots).toEqual([
      expect.objectContaining({ policies: ["daily"], consistency: "ApplicationConsistent" }),
    ]);
  });
});

test("a stronger one that is still too recent leaves the slot to the weaker policy", () => {
  const lastSlot = closed("09:30", { consistency: "ApplicationConsistent" });
  expect(opened("11:00", { policies: ["hourly", "either"], lastSlot })).toEqual([
    expect.objectContaining({ policies: ["hourly"], consistency: "CrashConsistent" }),
  ]);
});

test("a policy that asks more often than Azure supports is thinned out", () => {
  expect(consistenciesMade(at("11:00"), 2, ["often"])).toEqual([
    "11:00 CrashConsistent",
    "12:00 CrashConsistent",
    "13:00 CrashConsistent",
  ]);
});

test("a VM with hourly points still gets its daily application-consistent one", () => {
  expect(consistenciesMade(at("22:00"), 3, ["hourly", "daily"])).toEqual([
    "22:00 CrashConsistent",
    "23:00 CrashConsistent",
    "00:00 ApplicationConsistent",
    "01:00 CrashConsistent",
  ]);
});
