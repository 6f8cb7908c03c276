/**
 * Cron schedules against a wall clock that is looked at in every minute: a model with no idea of how the runs are
 * computed.
 */
import fc from "fast-check";
import { expect, test } from "vitest";
import { scheduleSchema, slotsBetween } from "../../../src/lib/policy/schedule.ts";
import { vmKey } from "../../fixtures/records.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

interface Times {
  readonly minutes: readonly number[];
  readonly hours: readonly number[] | "*";
  readonly weekdays: readonly number[];
}

const some = (max: number) =>
  fc.uniqueArray(fc.integer({ min: 0, max }), { minLength: 1, maxLength: 4 });
const anyTimes: fc.Arbitrary<Times> = fc.record({
  minutes: some(59),
  // Around the hours at which clocks change, which is where it is difficult.
  hours: fc.oneof(some(4), some(23), fc.constant("*" as const)),
  weekdays: some(6),
});

/** Around clock changes in both directions, and where there is none. */
const anyChange = fc.constantFrom(
  ["Europe/Berlin", "2026-03-29T01:00Z"],
  ["Europe/Berlin", "2026-10-25T01:00Z"],
  ["America/New_York", "2026-03-08T07:00Z"],
  ["America/New_York", "2026-11-01T06:00Z"],
  ["Australia/Lord_Howe", "2026-10-03T15:30Z"],
  ["Australia/Lord_Howe", "2026-04-04T15:00Z"],
  ["Africa/Cairo", "2026-04-23T22:00Z"],
  ["Africa/Cairo", "2026-10-29T21:00Z"],
  ["Antarctica/Troll", "2026-03-29T01:00Z"],
  ["Antarctica/Troll", "2026-10-25T01:00Z"],
  ["Asia/Kathmandu", "2028-02-29T00:00Z"],
) as fc.Arbitrary<[string, string]>;

test("a schedule has the slots that somebody who watches the clock would count", () => {
  fc.assert(
    fc.property(anyTimes, anyChange, (times, [timeZone, change]) => {
      const hours = times.hours === "*" ? "*" : times.hours.join(",");
      const cron = `${times.minutes.join(",")} ${hours} * * ${times.weekdays.join(",")}`;
      const schedule = scheduleSchema.parse({ cron, timeZone, spread: "PT0M" });
      const from = Date.parse(change) - 26 * HOUR;
      const to = Date.parse(change) + 26 * HOUR;
      const slots = [...slotsBetween(schedule, vmKey(), new Date(from), new Date(to))];
      expect(slots.map((slot) => slot.getTime())).toEqual(watch(times, timeZone, from, to));
    }),
    { numRuns: 60 },
  );
});

function watch(times: Times, timeZone: string, from: number, to: number): number[] {
  const clock = clockIn(timeZone);
  const seen: number[] = [];
  let latest = clock(from - MINUTE);
  for (let instant = from; instant < to; instant += MINUTE) {
    const now = clock(instant);
    if (times.hours === "*") {
      if (isTime(times, now)) seen.push(instant);
    } else if (now > latest) {
      // More than a minute further on than ever before: what lies between is due now.
      const due = Array.from({ length: (now - latest) / MINUTE }, (_, i) => now - i * MINUTE);
      if (due.some((time) => isTime(times, time))) seen.push(instant);
    }
    latest = Math.max(latest, now);
  }
  return seen;
}

/** What the clock shows, as if it were UTC. */
function clockIn(timeZone: string): (instant: number) => number {
  const format = new Intl.DateTimeFormat("sv-SE", {
    timeZone,
    dateStyle: "short",
    timeStyle: "short",
  });
  return (instant) => Date.parse(`${format.format(instant).replace(" ", "T")}Z`);
}

function isTime({ minutes, hours, weekdays }: Times, shown: number): boolean {
  const clock = new Date(shown);
  return (
    minutes.includes(clock.getUTCMinutes()) &&
    (hours === "*" || hours.includes(clock.getUTCHours())) &&
    weekdays.includes(clock.getUTCDay())
  );
}
