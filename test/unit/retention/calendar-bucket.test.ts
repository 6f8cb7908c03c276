import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bucketOf } from "../../../src/lib/retention/calendar-bucket.ts";
import type { TierName } from "../../../src/lib/retention/retention-rule.ts";

const HOUR = 3_600_000;
const at = (text: string) => new Date(text);
const apart = (tier: TierName, zone: string, one: string, other: string) =>
  bucketOf(at(other), tier, zone) - bucketOf(at(one), tier, zone);

describe("a day", () => {
  test.each([
    ["UTC", "2026-03-28T23:59:59Z", "2026-03-29T00:00:00Z"],
    ["Europe/Berlin", "2026-03-28T22:59:59Z", "2026-03-28T23:00:00Z"],
    // The short day of spring and the long one of autumn are one day each.
    ["Europe/Berlin", "2026-03-29T21:59:59Z", "2026-03-29T22:00:00Z"],
    ["Europe/Berlin", "2026-10-25T22:59:59Z", "2026-10-25T23:00:00Z"],
    ["America/New_York", "2026-03-09T03:59:59Z", "2026-03-09T04:00:00Z"],
    ["Australia/Lord_Howe", "2026-04-05T13:29:59Z", "2026-04-05T13:30:00Z"],
    // A leap day is a day.
    ["UTC", "2028-02-28T23:59:59Z", "2028-02-29T00:00:00Z"],
    ["UTC", "2028-02-29T23:59:59Z", "2028-03-01T00:00:00Z"],
  ])("in %s begins at midnight there: %s, %s", (zone, before, midnight) => {
    expect(apart("daily", zone, before, midnight)).toBe(1);
  });
});

describe("an hour", () => {
  test("that comes twice in autumn is two", () => {
    expect(apart("hourly", "Europe/Berlin", "2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z")).toBe(
      1,
    );
  });

  test("begins at the half where the zone has it so", () => {
    expect(apart("hourly", "Asia/Kolkata", "2026-01-01T00:29:59Z", "2026-01-01T00:30:00Z")).toBe(1);
    expect(apart("hourly", "Asia/Kolkata", "2026-01-01T00:30:00Z", "2026-01-01T01:29:59Z")).toBe(0);
  });
});

describe("weeks, months and years", () => {
  test.each<[TierName, string, string, number]>([
    // Sunday, Monday.
    ["weekly", "2026-01-04T23:59:59Z", "2026-01-05T00:00:00Z", 1],
    // A week that spans the turn of the year is one week.
    ["weekly", "2026-12-28T00:00:00Z", "2027-01-03T23:59:59Z", 0],
    ["monthly", "2026-01-31T23:59:59Z", "2026-02-01T00:00:00Z", 1],
    ["monthly", "2026-02-01T00:00:00Z", "2026-02-28T23:59:59Z", 0],
    ["monthly", "2026-12-31T23:59:59Z", "2027-01-01T00:00:00Z", 1],
    ["yearly", "2026-12-31T23:59:59Z", "2027-01-01T00:00:00Z", 1],
  ])("%s: from %s to %s is %i", (tier, one, other, distance) => {
    expect(apart(tier, "UTC", one, other)).toBe(distance);
  });
});

test("buckets never go back, whatever the zone and the time", () => {
  const zones = fc.constantFrom(
    "UTC",
    "Europe/Berlin",
    "America/New_York",
    "Australia/Lord_Howe",
    "Asia/Kathmandu",
  );
  const tiers = fc.constantFrom<TierName>("hourly", "daily", "weekly", "monthly", "yearly");
  const times = fc.integer({ min: 0, max: 4 * 365 * 24 * 4 });
  const START = Date.parse("2025-01-01T00:00:00Z");
  fc.assert(
    fc.property(zones, tiers, times, (zone, tier, quarters) => {
      const one = new Date(START + quarters * (HOUR / 4));
      const next = new Date(one.getTime() + HOUR / 4);
      const step = bucketOf(next, tier, zone) - bucketOf(one, tier, zone);
      expect([0, 1]).toContain(step);
    }),
    { numRuns: 500 },
  );
});
