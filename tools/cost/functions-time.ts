/**
 * Gigabyte-seconds of a month on the Flex Consumption plan. It bills an instance's memory for as long as functions run on
 * it, runs at the same time once, and a second at least. Each function has instances of its own. Pure.
 */
import { MONTH_SECONDS } from "./fleet.ts";
import type { Inputs } from "./inputs.ts";
import type { Spent } from "./spent.ts";

/** Runs at the same time on one instance: host.json's `batchSize`, and half of it again. */
const AT_ONCE = 24;
const SHORTEST_SECONDS = 1;

export interface FunctionsTime {
  /** Every run alone on its instance. */
  readonly most: number;
  /** Runs that come at any time, on as few instances as can carry them. */
  readonly likely: number;
  /** Instances that are busy on average. */
  readonly instances: number;
}

export function functionsTime(
  { runs }: Spent,
  { runMilliseconds }: Pick<Inputs, "runMilliseconds">,
  instanceGb: number,
): FunctionsTime {
  const each = Object.entries(runs).map(([name, count]) =>
    timeOf(count, (runMilliseconds[name] ?? 0) / 1000),
  );
  const sum = (of: "most" | "likely") => each.reduce((total, time) => total + time[of], 0);
  return {
    most: sum("most") * instanceGb,
    likely: sum("likely") * instanceGb,
    instances: sum("likely") / MONTH_SECONDS,
  };
}

/** In seconds, of runs that take `seconds` each. */
function timeOf(runs: number, seconds: number): { most: number; likely: number } {
  if (runs <= 0) return { most: 0, likely: 0 };
  const billed = Math.max(SHORTEST_SECONDS, seconds);
  const perSecond = runs / MONTH_SECONDS;
  const instances = Math.max(1, Math.ceil((perSecond * seconds) / AT_ONCE));
  // Of arrivals at random, the share of time in which at least one is there.
  const busy = instances * (1 - Math.exp((-perSecond / instances) * billed));
  return { most: runs * billed, likely: busy * MONTH_SECONDS };
}
