/** When a timer fires: an NCRONTAB expression, or a TimeSpan between two runs. */
import { Cron } from "croner";
import { parseTimeSpan } from "../settings/time-span.ts";
import { toCronPattern } from "./ncrontab.ts";

export interface Schedule {
  /** The first time after `from`; undefined when there is none. */
  next(from: Date): Date | undefined;
  /** Fires more than once a minute, so its status is not kept. */
  readonly isSubMinute: boolean;
}

const MINUTE_MS = 60_000;

/** Throws on anything the host would refuse. `now` serves to tell how often the schedule fires. */
export function parseSchedule(text: string, timeZone: string, now: Date): Schedule {
  const intervalMs = parseTimeSpan(text);
  if (intervalMs !== undefined) return everyInterval(text, intervalMs);
  const cron = new Cron(toCronPattern(text), {
    paused: true,
    timezone: timeZone,
    // NCRONTAB wants both the day of the month and the day of the week to match; vixie cron wants either.
    domAndDow: true,
    // "5/15" means from 5 to the end in steps of 15.
    sloppyRanges: true,
    mode: "6-part",
  });
  const withinAMinute = cron
    .nextRuns(2, now)
    .filter((run) => run.getTime() < now.getTime() + MINUTE_MS);
  return {
    next: (from) => cron.nextRun(from) ?? undefined,
    isSubMinute: withinAMinute.length > 1,
  };
}

function everyInterval(text: string, intervalMs: number): Schedule {
  if (intervalMs <= 0) throw new Error(`The timer interval '${text}' is not positive.`);
  return {
    next: (from) => new Date(from.getTime() + intervalMs),
    isSubMinute: intervalMs < MINUTE_MS,
  };
}
