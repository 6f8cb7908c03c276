/**
 * The shortest and the longest time between two runs of a cron expression. Away from clock changes the runs follow
 * from days and times of day alone; only around the changes they are walked through one by one.
 */
import { type CronRuns, cronRuns } from "./cron.ts";
import { DAY, HOUR, MINUTE } from "./duration.ts";

/** In milliseconds. */
export interface Gaps {
  readonly shortest: number;
  readonly longest: number;
}

const FROM = Date.UTC(2024, 0, 1);
/** A leap year is among them, and 29 February and the like need longer to come often enough. */
const DAYS_UNTIL = Date.UTC(2029, 0, 1);
const FEWEST_DAYS = 30;
/** In so many years the clocks change on every day of the month on which they can. */
const CHANGES_UNTIL = Date.UTC(2036, 0, 1);
const WEEK = 7 * DAY;
/** No clock is put forward or back by more than two hours. */
const AROUND_A_CHANGE = 3 * HOUR;

const known = new WeakMap<CronRuns, Gaps>();

export function gapsOf(cron: string, timeZone: string): Gaps {
  const runs = cronRuns(cron, timeZone);
  const gaps = known.get(runs) ?? extremes([...plainGaps(runs), ...gapsAtChanges(runs, timeZone)]);
  known.set(runs, gaps);
  return gaps;
}

const extremes = (gaps: readonly number[]): Gaps => ({
  shortest: gaps.reduce((one, other) => Math.min(one, other)),
  longest: gaps.reduce((one, other) => Math.max(one, other)),
});

/** Between the runs of a clock that is never changed. */
function plainGaps({ minutesOfDay, days }: CronRuns): number[] {
  const overnight = ((minutesOfDay[0] ?? 0) - (minutesOfDay.at(-1) ?? 0)) * MINUTE;
  return [
    ...differences(minutesOfDay).map((minutes) => minutes * MINUTE),
    ...differences(daysOf(days)).map((between) => between + overnight),
  ];
}

function daysOf(days: string): number[] {
  if (days === "* * *") return [FROM, FROM + DAY];
  const midnights = cronRuns(`0 0 ${days}`, "UTC");
  const found: number[] = [];
  let day = midnights.after(FROM - 1);
  while (day < DAYS_UNTIL || found.length < FEWEST_DAYS) {
    found.push(day);
    day = midnights.after(day);
  }
  return found;
}

function* gapsAtChanges(runs: CronRuns, timeZone: string): Iterable<number> {
  for (const change of clockChanges(timeZone)) {
    let run = runs.before(change - AROUND_A_CHANGE);
    while (run <= change + AROUND_A_CHANGE) {
      const next = runs.after(run);
      yield next - run;
      run = next;
    }
  }
}

/** The instants at which the zone's offset from UTC changes. */
function* clockChanges(timeZone: string): Iterable<number> {
  const format = new Intl.DateTimeFormat("en", { timeZone, timeZoneName: "longOffset" });
  const offsetAt = (instant: number): string =>
    format.formatToParts(instant).find(({ type }) => type === "timeZoneName")?.value ?? "";
  for (let start = FROM; start < CHANGES_UNTIL; start += WEEK) {
    if (offsetAt(start) === offsetAt(start + WEEK)) continue;
    let [before, after] = [start, start + WEEK];
    while (after - before > MINUTE) {
      const middle = before + Math.floor((after - before) / 2 / MINUTE) * MINUTE;
      if (offsetAt(middle) === offsetAt(start)) before = middle;
      else after = middle;
    }
    yield after;
  }
}

const differences = (rising: readonly number[]): number[] =>
  rising.slice(1).map((each, index) => each - (rising[index] ?? 0));
