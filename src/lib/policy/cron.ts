/**
 * When a cron expression runs in a time zone. A time that the clocks skip in spring runs at the first instant after
 * the gap, one that they repeat in autumn runs once; only an expression for every hour goes on through both, an hour
 * apart. The library computes the runs and nothing else: no job is ever started.
 */
import { Cron, CronPattern } from "croner";
import * as z from "zod";
import { MINUTE } from "./duration.ts";

/** Instants and times in milliseconds. */
export interface CronRuns {
  /** The times of day, in minutes after midnight on the zone's clock. */
  readonly minutesOfDay: readonly number[];
  /** Day of month, month and day of week. */
  readonly days: string;
  /** The first run after `instant`. */
  readonly after: (instant: number) => number;
  /** The last run before `instant`. */
  readonly before: (instant: number) => number;
}

export const cronSchema = z
  .string()
  .max(200)
  .transform((text) => text.trim().replace(/\s+/g, " "))
  .superRefine((cron, context) => {
    const problem = problemOf(cron);
    if (problem !== undefined) context.addIssue(problem);
  });

/** Anybody who may write policies can write new expressions, so not all are kept for ever. */
const MOST_KEPT = 1000;
const kept = new Map<string, CronRuns>();

export function cronRuns(cron: string, timeZone: string): CronRuns {
  const key = `${timeZone} ${cron}`;
  const known = kept.get(key);
  if (known) return known;
  const runs = parse(cron, timeZone);
  if (kept.size >= MOST_KEPT) kept.clear();
  kept.set(key, runs);
  return runs;
}

function parse(cron: string, timeZone: string): CronRuns {
  const { minute, hour } = new CronPattern(cron, undefined, { mode: "5-part" });
  const [minutes, hours] = [indexesOf(minute), indexesOf(hour)];
  const days = cron.split(" ").slice(2).join(" ");
  // The library takes times that are written out for fixed ones, which is what a step such as `*/6` means here too.
  const everyHour = hours.length === 24;
  const job = new Cron(`${minutes.join(",")} ${everyHour ? "*" : hours.join(",")} ${days}`, {
    timezone: timeZone,
    mode: "5-part",
    fixedTimeRule: "no-wildcard",
  });
  return {
    minutesOfDay: hours.flatMap((each) => minutes.map((past) => each * 60 + past)),
    days,
    after: remembering((instant) => existing(job.nextRun(new Date(instant)), cron)),
    before: (instant) => existing(job.previousRuns(1, new Date(instant))[0], cron),
  };
}

/** A fleet asks for the run after many moments between the same two runs. */
function remembering(after: (instant: number) => number): CronRuns["after"] {
  let asked = Number.POSITIVE_INFINITY;
  let run = Number.NEGATIVE_INFINITY;
  return (instant) => {
    if (instant >= asked && instant < run) return run;
    // Runs are on whole minutes, so the one after the beginning of a minute is the one after any moment of it.
    const from = Math.floor(instant / MINUTE) * MINUTE;
    run = after(from);
    asked = from;
    return run;
  };
}

const indexesOf = (flags: readonly number[]): number[] =>
  flags.flatMap((flag, index) => (flag ? [index] : []));

function existing(run: Date | null | undefined, cron: string): number {
  if (run) return run.getTime();
  throw new RangeError(`The cron expression ${cron} does not run.`);
}

function problemOf(cron: string): string | undefined {
  if (cron.split(" ").length !== 5) {
    return "expected five fields: minute, hour, day of month, month, day of week";
  }
  try {
    const job = new Cron(cron, { timezone: "UTC", mode: "5-part" });
    return job.nextRun(new Date(0)) ? undefined : "never comes: there is no such day in any year";
  } catch (error) {
    return `cannot be read: ${String(error instanceof Error ? error.message : error).replace(/^CronPattern: /, "")}`;
  }
}
