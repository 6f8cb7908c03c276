/**
 * Hours, days, weeks, months and years as numbers that rise by one from each to the next, in a time zone. Retention
 * asks for every restore point and tier, so nothing is formatted more than once for a quarter of an hour: no zone
 * changes its offset within one.
 */
import type { TierName } from "./retention-rule.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const QUARTER = HOUR / 4;
/** 1 January 1970 was a Thursday. */
const DAYS_TO_MONDAY = 3;

/** The number of the hour, day, week, month or year that `at` is in. */
export function bucketOf(at: Date, tier: TierName, timeZone: string): number {
  const offset = offsetOf(at, timeZone);
  const local = at.getTime() + offset;
  switch (tier) {
    case "hourly":
      // Hours are told apart in UTC, so that one which comes twice in autumn is two; zones begin theirs at the half hour.
      return Math.floor((at.getTime() + modulo(offset, HOUR)) / HOUR);
    case "daily":
      return Math.floor(local / DAY);
    case "weekly":
      return Math.floor((Math.floor(local / DAY) + DAYS_TO_MONDAY) / 7);
    case "monthly": {
      const date = new Date(local);
      return date.getUTCFullYear() * 12 + date.getUTCMonth();
    }
    case "yearly":
      return new Date(local).getUTCFullYear();
    default:
      return tier satisfies never;
  }
}

const modulo = (value: number, by: number): number => ((value % by) + by) % by;

interface Zone {
  readonly format: Intl.DateTimeFormat;
  /** Offsets by quarter of an hour. */
  readonly offsets: Map<number, number>;
}
const zones = new Map<string, Zone>();
/** A year of hourly restore points and then some; a cache, so it may be emptied at any time. */
const MOST_OFFSETS = 20_000;

/** Milliseconds by which the zone is ahead of UTC at that moment. */
function offsetOf(at: Date, timeZone: string): number {
  if (timeZone === "UTC") return 0;
  const { format, offsets } = zoneOf(timeZone);
  const quarter = Math.floor(at.getTime() / QUARTER);
  const known = offsets.get(quarter);
  if (known !== undefined) return known;
  const shown = format.formatToParts(quarter * QUARTER);
  const part = (type: string) => Number(shown.find((each) => each.type === type)?.value);
  const local = Date.UTC(
    part("year"),
    part("month") - 1,
    part("day"),
    part("hour"),
    part("minute"),
    part("second"),
  );
  const offset = local - quarter * QUARTER;
  if (offsets.size >= MOST_OFFSETS) offsets.clear();
  offsets.set(quarter, offset);
  return offset;
}

function zoneOf(timeZone: string): Zone {
  const known = zones.get(timeZone);
  if (known) return known;
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  });
  const zone = { format, offsets: new Map<number, number>() };
  zones.set(timeZone, zone);
  return zone;
}
