import { describe, expect, test } from "vitest";
import { durationText } from "../../../src/lib/policy/duration.ts";
import {
  longestGapOf,
  type Schedule,
  scheduleSchema,
  shortestGapOf,
  slotsBetween,
} from "../../../src/lib/policy/schedule.ts";
import { vmKey } from "../../fixtures/records.ts";

const vm = vmKey();
const cron = (expression: string, timeZone?: string): Schedule =>
  scheduleSchema.parse({ cron: expression, spread: "PT0M", ...(timeZone ? { timeZone } : {}) });
const slots = (schedule: Schedule, from: string, to: string) =>
  [...slotsBetween(schedule, vm, new Date(from), new Date(to))].map((slot) =>
    slot.toISOString().replace(":00.000Z", "Z"),
  );

describe("in spring, a time that the clocks skip runs at the first instant after the gap", () => {
  test.each([
    [
      "30 2 * * *",
      "Europe/Berlin",
      "2026-03-28T00:00Z",
      ["2026-03-28T01:30Z", "2026-03-29T01:00Z", "2026-03-30T00:30Z"],
    ],
    [
      "30 2 * * *",
      "America/New_York",
      "2026-03-07T00:00Z",
      ["2026-03-07T07:30Z", "2026-03-08T07:00Z", "2026-03-09T06:30Z"],
    ],
    [
      // Half an hour only: from 02:00 to 02:30.
      "15 2 * * *",
      "Australia/Lord_Howe",
      "2026-10-02T12:00Z",
      ["2026-10-02T15:45Z", "2026-10-03T15:30Z", "2026-10-04T15:15Z"],
    ],
    [
      // Midnight does not exist on the day on which summer time begins.
      "0 0 * * *",
      "Africa/Cairo",
      "2026-04-23T00:00Z",
      ["2026-04-23T22:00Z", "2026-04-24T21:00Z", "2026-04-25T21:00Z"],
    ],
    [
      "0 */6,2 * * *",
      "Europe/Berlin",
      "2026-03-29T00:00Z",
      ["2026-03-29T01:00Z", "2026-03-29T04:00Z", "2026-03-29T10:00Z"],
    ],
  ])("%s in %s", (expression, timeZone, from, expected) => {
    const all = slots(cron(expression, timeZone), from, "2026-12-01T00:00Z");
    expect(all.slice(0, expected.length)).toEqual(expected);
  });

  test("once, even if several times are skipped, or the first after the gap is a time of its own", () => {
    const night = ["2026-03-29T00:00Z", "2026-03-29T03:00Z"] as const;
    expect(slots(cron("*/20 2 * * *", "Europe/Berlin"), ...night)).toEqual(["2026-03-29T01:00Z"]);
    expect(slots(cron("0 2,3 * * *", "Europe/Berlin"), ...night)).toEqual(["2026-03-29T01:00Z"]);
  });
});

describe("in autumn, a time that the clocks repeat runs once", () => {
  test.each([
    ["30 2 * * *", "Europe/Berlin", "2026-10-25T00:30Z", "2026-10-26T01:30Z"],
    ["30 1 * * *", "America/New_York", "2026-11-01T05:30Z", "2026-11-02T06:30Z"],
    ["45 1 * * *", "Australia/Lord_Howe", "2026-04-04T14:45Z", "2026-04-05T15:15Z"],
    ["30 */2 * * *", "Europe/Berlin", "2026-10-25T00:30Z", "2026-10-25T03:30Z"],
    ["30 1-3 * * *", "Europe/Berlin", "2026-10-25T00:30Z", "2026-10-25T02:30Z"],
  ])("%s in %s at %s, and next at %s", (expression, timeZone, at, next) => {
    expect(slots(cron(expression, timeZone), at, next.replace("Z", ":30Z"))).toEqual([at, next]);
  });
});

test.each([
  ["in spring", "2026-03-29T00:00Z", "2026-03-29T04:00Z"],
  ["in autumn", "2026-10-25T00:00Z", "2026-10-25T04:00Z"],
])("every hour stays every hour when the clocks change %s", (_when, from, to) => {
  for (const hourly of ["0 * * * *", "0 */1 * * *", "0 0-23 * * *"]) {
    expect(slots(cron(hourly, "Europe/Berlin"), from, to)).toHaveLength(4);
  }
});

test.each(["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Africa/Cairo", "UTC"])(
  "daily is once on every day of ten years in %s",
  (timeZone) => {
    const dayOf = new Intl.DateTimeFormat("en-CA", { timeZone, dateStyle: "short" });
    for (const expression of ["30 0 * * *", "30 1 * * *", "30 2 * * *", "0 3 * * *"]) {
      const all = slots(cron(expression, timeZone), "2024-01-01T12:00Z", "2034-01-01T12:00Z");
      expect(all).toHaveLength(3653);
      expect(new Set(all.map((slot) => dayOf.format(new Date(slot)))).size).toBe(3653);
    }
  },
);

describe("days that not every month or year has", () => {
  test.each([
    ["0 0 29 2 *", ["2024-02-29", "2028-02-29", "2032-02-29"]],
    ["0 0 31 * *", ["2024-01-31", "2024-03-31", "2024-05-31", "2024-07-31", "2024-08-31"]],
    ["0 0 L * *", ["2024-01-31", "2024-02-29", "2024-03-31", "2024-04-30"]],
    ["0 0 * * SUN#1", ["2024-01-07", "2024-02-04", "2024-03-03"]],
    ["0 0 28-29 2 *", ["2024-02-28", "2024-02-29", "2025-02-28", "2026-02-28"]],
  ])("%s", (expression, days) => {
    const all = slots(cron(expression), "2024-01-01T00:00Z", "2033-01-01T00:00Z");
    expect(all.slice(0, days.length)).toEqual(days.map((day) => `${day}T00:00Z`));
  });
});

describe("the shortest and the longest time between slots", () => {
  test.each([
    ["0 * * * *", "UTC", "PT1H", "PT1H"],
    ["0 * * * *", "Europe/Berlin", "PT1H", "PT1H"],
    ["*/15 * * * *", "Europe/Berlin", "PT15M", "PT15M"],
    ["0 3 * * *", "UTC", "P1D", "P1D"],
    ["0 3 * * *", "Europe/Berlin", "PT23H", "P1DT1H"],
    // 02:30, then 03:00 instead of the 02:30 that does not exist, and the day after 02:30 again.
    ["30 2 * * *", "Europe/Berlin", "PT23H30M", "P1DT1H"],
    ["0 */3 * * *", "Europe/Berlin", "PT2H", "PT4H"],
    ["0 3 * * *", "Australia/Lord_Howe", "PT23H30M", "P1DT30M"],
    ["0 8,12 * * MON-FRI", "UTC", "PT4H", "P2DT20H"],
    ["0 8,12 * * MON-FRI", "Europe/Berlin", "PT4H", "P2DT21H"],
    ["0 0 1 * *", "UTC", "P28D", "P31D"],
    ["0 0 31 * *", "America/New_York", "P31D", "P61DT1H"],
    ["0 0 1 1 *", "UTC", "P365D", "P366D"],
    // 2100 is no leap year.
    ["0 0 29 2 *", "UTC", "P1461D", "P2921D"],
  ])("of %s in %s: %s and %s", (expression, timeZone, shortest, longest) => {
    const schedule = cron(expression, timeZone);
    expect(durationText(shortestGapOf(schedule))).toBe(shortest);
    expect(durationText(longestGapOf(schedule))).toBe(longest);
  });

  test("of an interval are the interval", () => {
    const schedule = scheduleSchema.parse({ every: "PT4H" });
    expect(durationText(shortestGapOf(schedule))).toBe("PT4H");
    expect(durationText(longestGapOf(schedule))).toBe("PT4H");
  });
});

describe("the spread of a cron schedule", () => {
  test.each([
    ["0 3 * * *", "PT1H"],
    ["*/15 * * * *", "PT15M"],
  ])("of %s is %s unless it says otherwise", (expression, spread) => {
    const schedule = scheduleSchema.parse({ cron: expression });
    expect(durationText(schedule.spread)).toBe(spread);
    expect(schedule).toHaveProperty("timeZone", "UTC");
  });

  test("is added to the instant: a VM's minute is the same before and after a clock change", () => {
    const schedule = scheduleSchema.parse({ cron: "30 2 * * *", timeZone: "Europe/Berlin" });
    const [offset = -1] = slotsOf("2026-02-01").map(
      (slot) => slot - Date.parse("2026-02-01T01:30Z"),
    );
    expect(offset).toBeGreaterThan(0);
    expect(slotsOf("2026-03-29")).toEqual([Date.parse("2026-03-29T01:00Z") + offset]);
    expect(slotsOf("2026-06-01")).toEqual([Date.parse("2026-06-01T00:30Z") + offset]);
    expect(slotsOf("2026-10-25")).toEqual([Date.parse("2026-10-25T00:30Z") + offset]);

    function slotsOf(day: string): number[] {
      const [from, to] = [new Date(`${day}T00:00Z`), new Date(`${day}T12:00Z`)];
      return [...slotsBetween(schedule, vm, from, to)].map((slot) => slot.getTime());
    }
  });
});
