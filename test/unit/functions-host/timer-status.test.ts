import { expect, test } from "vitest";
import {
  parseTimerStatus,
  serialiseTimerStatus,
} from "../../../local/functions-host/timers/timer-status.ts";

const NEXT = new Date("2026-01-01T11:00:00Z");
const UPDATED = new Date("2026-01-01T10:20:00.250Z");

test("a status that never ran says so as the real host does", () => {
  const text = serialiseTimerStatus({ last: undefined, next: NEXT, lastUpdated: UPDATED });
  expect(JSON.parse(text)).toEqual({
    Last: "0001-01-01T00:00:00+00:00",
    Next: "2026-01-01T11:00:00+00:00",
    LastUpdated: "2026-01-01T10:20:00.250+00:00",
  });
});

test("a status is read back as it was written", () => {
  const status = { last: UPDATED, next: NEXT, lastUpdated: UPDATED };
  expect(parseTimerStatus(serialiseTimerStatus(status))).toEqual(status);
  const never = { ...status, last: undefined };
  expect(parseTimerStatus(serialiseTimerStatus(never))).toEqual(never);
});

test("a status of the real host is read, with its own number of digits", () => {
  const text =
    '{"Last":"2026-01-01T11:20:00.2500000+01:00","Next":"2026-01-01T12:00:00+01:00","LastUpdated":"2026-01-01T11:20:00.2500000+01:00"}';
  expect(parseTimerStatus(text)).toEqual({ last: UPDATED, next: NEXT, lastUpdated: UPDATED });
});

test.each(["", "null", "{}", '{"Next":"soon"}'])("%s is no status", (text) => {
  expect(parseTimerStatus(text)).toBeUndefined();
});
