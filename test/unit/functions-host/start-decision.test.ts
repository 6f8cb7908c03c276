import { expect, test } from "vitest";
import { decideStart } from "../../../local/functions-host/timers/start-decision.ts";

const at = (time: string) => new Date(`2026-01-01T${time}Z`);
const HOUR_MS = 3_600_000;
/** Fires at every full hour. */
const hourly = {
  next: (from: Date) => new Date(Math.floor(from.getTime() / HOUR_MS + 1) * HOUR_MS),
};

test("a new timer waits for its first time", () => {
  expect(decideStart(undefined, hourly, at("10:20:00"))).toEqual({
    status: { last: undefined, next: at("11:00:00"), lastUpdated: at("10:20:00") },
    isChanged: true,
    isPastDue: false,
  });
});

test("a timer that missed many times is past due once", () => {
  const stored = { last: at("05:00:00"), next: at("06:00:00"), lastUpdated: at("05:00:00") };
  expect(decideStart(stored, hourly, at("10:20:00"))).toEqual({
    status: stored,
    isChanged: false,
    isPastDue: true,
  });
});

test("a timer that has never run can be past due", () => {
  const stored = { last: undefined, next: at("06:00:00"), lastUpdated: at("05:30:00") };
  expect(decideStart(stored, hourly, at("06:00:01"))?.isPastDue).toBe(true);
});

test("a timer whose time has not come waits", () => {
  const stored = { last: at("10:00:00"), next: at("11:00:00"), lastUpdated: at("10:00:00") };
  expect(decideStart(stored, hourly, at("10:20:00"))).toEqual({
    status: stored,
    isChanged: false,
    isPastDue: false,
  });
});

test("a changed schedule forgives what the new one would have missed", () => {
  const stored = { last: at("05:00:00"), next: at("05:15:00"), lastUpdated: at("05:00:00") };
  expect(decideStart(stored, hourly, at("10:20:00"))).toEqual({
    status: { last: undefined, next: at("11:00:00"), lastUpdated: at("10:20:00") },
    isChanged: true,
    isPastDue: false,
  });
});

test("a changed schedule counts from the last run when that leads into the future", () => {
  const stored = { last: at("10:10:00"), next: at("10:25:00"), lastUpdated: at("10:10:00") };
  expect(decideStart(stored, hourly, at("10:20:00"))).toEqual({
    status: { last: undefined, next: at("11:00:00"), lastUpdated: at("10:10:00") },
    isChanged: true,
    isPastDue: false,
  });
});

test("a schedule that never fires again starts nothing", () => {
  expect(decideStart(undefined, { next: () => undefined }, at("10:20:00"))).toBeUndefined();
});
