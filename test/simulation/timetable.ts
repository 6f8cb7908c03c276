/** When which timer of the app fires next. */
import { Cron } from "croner";
import type { TimerTrigger } from "./triggers.ts";

interface Period {
  readonly first: number;
  readonly period: number;
}

interface Entry extends Period {
  readonly name: string;
  at: number;
}

/** So many runs show whether a schedule has one period. */
const RUNS = 60;
const ANY_DAY = new Date("2026-01-01T00:00:00Z");

const periods = new Map<string, Period>();

/** A calendar is far slower than an addition, and there are a million ticks in a year. */
function periodOf({ name, schedule }: TimerTrigger): Period {
  const known = periods.get(schedule);
  if (known) return known;
  const runs = new Cron(schedule, { timezone: "UTC" }).nextRuns(RUNS, ANY_DAY).map(Number);
  const [first = Number.NaN, second = Number.NaN] = runs;
  const period = second - first;
  const isRegular = runs.every((run, index) => run === first + index * period);
  if (!isRegular || runs.length < RUNS) {
    throw new Error(`The timer ${name} has no single period: ${schedule}.`);
  }
  periods.set(schedule, { first, period });
  return { first, period };
}

export class Timetable {
  readonly #entries: readonly Entry[];

  constructor(timers: readonly TimerTrigger[], after: number) {
    this.#entries = timers.map((timer) => {
      const { first, period } = periodOf(timer);
      const at = first + (Math.floor((after - first) / period) + 1) * period;
      return { name: timer.name, first, period, at };
    });
  }

  /** The next run of all. */
  get next(): { readonly name: string; readonly at: number } | undefined {
    return this.#next;
  }

  /** The next run has been. */
  advance(): void {
    const next = this.#next;
    if (next) next.at += next.period;
  }

  get #next(): Entry | undefined {
    let next: Entry | undefined;
    for (const entry of this.#entries) if (!next || entry.at < next.at) next = entry;
    return next;
  }
}
