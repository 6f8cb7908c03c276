/** What holds for every schedule, every VM and every moment. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  isSlotOf,
  longestGapOf,
  nextSlotOf,
  scheduleSchema,
  shortestGapOf,
  slotsBetween,
} from "../../../src/lib/policy/schedule.ts";
import { vmKey } from "../../fixtures/records.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const oneOf = (all: readonly string[]) => fc.constantFrom(...all);
const anyCron = oneOf([
  ...["0 * * * *", "*/20 * * * *", "30 2 * * *", "0 3 * * *", "30 2,14 * * *", "0 */6 * * *"],
  ...["15 1-3 * * *", "*/20 2 * * *", "59 23 * * *", "0 8-18/2 * * MON-FRI", "30 2 * * SUN#L"],
  ...["0 0 31 * *", "30 1 L * *", "45 1 1,15 4-10 *", "0 0 29 2 *", "30 2 15W * *"],
]);
const anyZone = oneOf([
  ...["UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Africa/Cairo"],
  ...["Asia/Kathmandu", "Antarctica/Troll"],
]);
const anySchedule = fc
  .oneof(
    { weight: 4, arbitrary: fc.record({ cron: anyCron, timeZone: anyZone }) },
    { weight: 1, arbitrary: fc.record({ every: oneOf(["PT1H", "PT4H", "P1D", "P1W", "PT7M"]) }) },
  )
  .map((schedule) => scheduleSchema.parse(schedule));
const anyVm = fc.integer({ min: 0, max: 100_000 }).map((number) => vmKey(`vm-${number}`));

/** Half of them within hours of a clock change, a leap day or the end of a month. */
const anyMoment = fc.oneof(
  fc.date({ min: new Date("2024-01-01"), max: new Date("2036-01-01"), noInvalidDate: true }),
  fc
    .tuple(
      oneOf([
        ...["2026-03-29T01:00Z", "2026-10-25T01:00Z", "2026-03-08T07:00Z", "2026-11-01T06:00Z"],
        ...["2026-04-04T15:00Z", "2026-10-03T15:30Z", "2026-04-23T22:00Z", "2026-10-29T21:00Z"],
        ...["2028-02-29T00:00Z", "2028-03-01T00:00Z", "2027-01-01T00:00Z", "2026-05-01T00:00Z"],
      ]),
      fc.integer({ min: -8 * HOUR, max: 8 * HOUR }),
    )
    .map(([at, beside]) => new Date(Date.parse(at) + beside)),
);

describe("the next slot", () => {
  test("is after the moment asked for, on a whole minute, and a slot", () => {
    fc.assert(
      fc.property(anySchedule, anyVm, anyMoment, (schedule, vm, after) => {
        const slot = nextSlotOf(schedule, vm, after);
        expect(slot.getTime()).toBeGreaterThan(after.getTime());
        expect(slot.getTime() % MINUTE).toBe(0);
        expect(isSlotOf(schedule, vm, slot)).toBe(true);
        expect(slot.getTime() - after.getTime()).toBeLessThanOrEqual(longestGapOf(schedule));
      }),
    );
  });

  test("is the same whenever it is asked for since the one before: none lies between", () => {
    const anyShare = fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true });
    fc.assert(
      fc.property(anySchedule, anyVm, anyMoment, anyShare, (schedule, vm, after, share) => {
        const one = nextSlotOf(schedule, vm, after);
        const next = nextSlotOf(schedule, vm, one);
        const between = new Date(
          one.getTime() + Math.floor(share * (next.getTime() - one.getTime())),
        );
        expect(nextSlotOf(schedule, vm, between)).toEqual(next);
        expect(isSlotOf(schedule, vm, between)).toBe(between.getTime() === one.getTime());
      }),
    );
  });

  test("comes at the end of a gap between the shortest and the longest", () => {
    fc.assert(
      fc.property(anySchedule, anyVm, anyMoment, (schedule, vm, after) => {
        let one = nextSlotOf(schedule, vm, after);
        for (let count = 0; count < 10; count++) {
          const next = nextSlotOf(schedule, vm, one);
          const gap = next.getTime() - one.getTime();
          expect(gap).toBeGreaterThanOrEqual(shortestGapOf(schedule));
          expect(gap).toBeLessThanOrEqual(longestGapOf(schedule));
          one = next;
        }
      }),
    );
  });

  test("is at the VM's own distance from a time of the schedule, for ever the same", () => {
    fc.assert(
      fc.property(anySchedule, anyVm, anyMoment, anyMoment, (schedule, vm, one, other) => {
        const exact = { ...schedule, spread: 0 };
        const distanceAt = (after: Date): number => {
          const slot = nextSlotOf(schedule, vm, after).getTime();
          // The spread is no longer than a gap: exactly one time of the schedule is as near as this.
          const nearest = new Date(slot - Math.max(MINUTE, schedule.spread));
          return slot - nextSlotOf(exact, vm, nearest).getTime();
        };
        expect(distanceAt(one)).toBeGreaterThanOrEqual(0);
        expect(distanceAt(one)).toBeLessThan(schedule.spread);
        expect(distanceAt(other)).toBe(distanceAt(one));
      }),
    );
  });
});

test("a clock a little slow names the slot that comes, and one a little fast the slot after it", () => {
  const anyDistance = fc.integer({ min: 1, max: MINUTE - 1 });
  fc.assert(
    fc.property(anySchedule, anyVm, anyMoment, anyDistance, (schedule, vm, from, distance) => {
      const slot = nextSlotOf(schedule, vm, from);
      const following = nextSlotOf(schedule, vm, slot);
      expect(nextSlotOf(schedule, vm, new Date(slot.getTime() - distance))).toEqual(slot);
      expect(nextSlotOf(schedule, vm, new Date(slot.getTime() + distance))).toEqual(following);
    }),
  );
});

test("the slots between two moments are each a slot, rising, the first moment included and the last not", () => {
  fc.assert(
    fc.property(anySchedule, anyVm, anyMoment, (schedule, vm, after) => {
      const from = nextSlotOf(schedule, vm, after);
      const second = nextSlotOf(schedule, vm, from);
      const to = nextSlotOf(schedule, vm, second);
      expect([...slotsBetween(schedule, vm, from, to)]).toEqual([from, second]);
    }),
  );
});

test.each([{ every: "PT1H" }, { cron: "30 2 * * *", timeZone: "Europe/Berlin" }])(
  "a thousand VMs with %j start spread over the whole hour",
  (given) => {
    const schedule = scheduleSchema.parse(given);
    const counts = new Map<number, number>();
    for (let number = 0; number < 1000; number++) {
      const slot = nextSlotOf(schedule, vmKey(`web-${number}`), new Date("2026-03-28T01:29:59Z"));
      counts.set(slot.getTime(), (counts.get(slot.getTime()) ?? 0) + 1);
    }
    expect(counts.size).toBe(60);
    // 17 on average.
    expect(Math.max(...counts.values())).toBeLessThan(3 * 17);
  },
);
