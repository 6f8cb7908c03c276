import { describe, expect, test } from "vitest";
import { parseSchedule } from "../../../local/functions-host/timers/schedule.ts";

const NOW = new Date("2026-01-01T00:00:00.500Z");

describe("a schedule gives its next run", () => {
  test.each([
    ["0 */5 * * * *", "2026-01-01T00:05:00.000Z"],
    ["*/5 * * * *", "2026-01-01T00:05:00.000Z"],
    ["30 2 * * * *", "2026-01-01T00:02:30.000Z"],
    ["0 5/20 * * * *", "2026-01-01T00:05:00.000Z"],
    ["0 0 9-17 * * MON-FRI", "2026-01-01T09:00:00.000Z"],
    ["0 0 0 * * Sunday", "2026-01-04T00:00:00.000Z"],
    ["0 0 0 * february 0", "2026-02-01T00:00:00.000Z"],
    ["00:10:00", "2026-01-01T00:10:00.500Z"],
    ["1.00:00:00", "2026-01-02T00:00:00.500Z"],
  ])("%s: %s", (text, next) => {
    expect(parseSchedule(text, "UTC", NOW).next(NOW)?.toISOString()).toBe(next);
  });

  test("the day of the month and the day of the week must both match", () => {
    const schedule = parseSchedule("0 0 0 1 * 1", "UTC", NOW);
    expect(schedule.next(NOW)?.toISOString()).toBe("2026-06-01T00:00:00.000Z");
  });

  test("the time zone is heeded", () => {
    const schedule = parseSchedule("0 0 2 * * *", "Europe/Berlin", NOW);
    expect(schedule.next(NOW)?.toISOString()).toBe("2026-01-01T01:00:00.000Z");
  });
});

describe("what NCRONTAB does not know is refused", () => {
  test.each([
    "0 0 0 * * 7",
    "0 0 0 L * *",
    "0 0 0 ? * *",
    "0 0 0 * * 1#2",
    "0 0 0 15W * *",
    "@daily",
    "0 0 0 * *  * 2027",
    "* * * *",
    "/10 * * * * *",
    "0 0 0 * * NEVER",
    "00:00:00",
    "24:00:00",
    "",
  ])("%s", (text) => {
    expect(() => parseSchedule(text, "UTC", NOW)).toThrow();
  });
});

describe("status is not kept for schedules that fire more than once a minute", () => {
  test.each([
    ["*/30 * * * * *", true],
    ["0 * * * * *", false],
    ["00:00:59", true],
    ["00:01:00", false],
  ])("%s: %s", (text, isSubMinute) => {
    expect(parseSchedule(text, "UTC", NOW).isSubMinute).toBe(isSubMinute);
  });
});
