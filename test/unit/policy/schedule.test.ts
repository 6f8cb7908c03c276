import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isSlotOf, nextSlotOf } from "../../../src/lib/policy/schedule.ts";
import { shippedPolicies } from "../../fakes/fixed-policies.ts";
import { policy, vmKey } from "../../fixtures/records.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const vm = vmKey();
const schedule = (every: string, spread = "PT0M") =>
  policy("p", { schedule: { every, spread } }).schedule;
const next = (every: string, after: string) =>
  nextSlotOf(schedule(every), vm, new Date(after)).toISOString();
const anyMoment = fc.date({
  min: new Date("2000-01-01"),
  max: new Date("2100-01-01"),
  noInvalidDate: true,
});
const anyVm = fc.integer({ min: 0, max: 100_000 }).map((number) => vmKey(`vm-${number}`));

describe("slots without a spread", () => {
  test.each([
    ["PT1H", "2026-01-31T10:00:20Z", "2026-01-31T11:00:00.000Z"],
    ["PT1H", "2026-01-31T10:59:59.999Z", "2026-01-31T11:00:00.000Z"],
    ["PT1H", "2026-01-31T11:00:00Z", "2026-01-31T12:00:00.000Z"],
    ["PT4H", "2026-01-31T10:00:00Z", "2026-01-31T12:00:00.000Z"],
    ["P1D", "2026-01-31T10:00:00Z", "2026-02-01T00:00:00.000Z"],
    ["P1D", "2028-02-28T23:59:00Z", "2028-02-29T00:00:00.000Z"],
  ])("every %s after %s: %s", (every, after, slot) => {
    expect(next(every, after)).toBe(slot);
  });

  test.each([
    ["into summer time", "2026-03-28T00:00:00Z"],
    ["out of summer time", "2026-10-24T00:00:00Z"],
  ])("are 24 slots a day over the change %s", (_what, start) => {
    let at = new Date(start);
    const end = at.getTime() + 48 * HOUR;
    const slots: number[] = [];
    while (at.getTime() < end) {
      at = nextSlotOf(schedule("PT1H"), vm, at);
      slots.push(at.getTime());
    }
    expect(slots).toHaveLength(48);
    expect(new Set(slots.slice(1).map((slot, index) => slot - (slots[index] ?? 0)))).toEqual(
      new Set([HOUR]),
    );
  });
});

describe("a slot", () => {
  test("is after the moment asked for, within one interval, on a whole minute", () => {
    fc.assert(
      fc.property(anyVm, anyMoment, (key, after) => {
        const slot = nextSlotOf(schedule("PT4H", "PT1H"), key, after);
        const wait = slot.getTime() - after.getTime();
        expect(wait).toBeGreaterThan(0);
        expect(wait).toBeLessThanOrEqual(4 * HOUR);
        expect(slot.getTime() % MINUTE).toBe(0);
        expect(slot.getTime() % (4 * HOUR)).toBeLessThan(HOUR);
      }),
    );
  });

  test("is recognised as a slot, and a minute beside it is not", () => {
    fc.assert(
      fc.property(anyVm, anyMoment, (key, after) => {
        const hourly = schedule("PT1H", "PT1H");
        const slot = nextSlotOf(hourly, key, after);
        expect(isSlotOf(hourly, key, slot)).toBe(true);
        expect(isSlotOf(hourly, key, new Date(slot.getTime() + MINUTE))).toBe(false);
      }),
    );
  });

  test("of the shipped daily policy is one of the hourly policy too, so that one point serves both", () => {
    const [hourly, daily] = [shippedPolicies.get("hourly"), shippedPolicies.get("daily")];
    if (!hourly || !daily) throw new Error("The shipped policies are gone.");
    fc.assert(
      fc.property(anyVm, anyMoment, (key, after) => {
        const slot = nextSlotOf(daily.schedule, key, after);
        expect(isSlotOf(hourly.schedule, key, slot)).toBe(true);
      }),
    );
  });
});

test("a fleet starts at moments spread over the whole hour, each VM always at its own", () => {
  const after = new Date("2026-01-31T10:00:00Z");
  const fleet = Array.from({ length: 6000 }, (_, number) => vmKey(`web-${number}`));
  const startsOf = () =>
    fleet.map((key) => nextSlotOf(schedule("PT1H", "PT1H"), key, after).getTime());
  const counts = new Map<number, number>();
  for (const start of startsOf()) counts.set(start, (counts.get(start) ?? 0) + 1);
  expect(counts.size).toBe(60);
  // 100 on average.
  expect(Math.max(...counts.values())).toBeLessThan(150);
  expect(startsOf()).toEqual(startsOf());
});
