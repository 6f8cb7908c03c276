/** What the timers take while there is nothing to do, and the host for having them and its queues. */
import { setTimeout as delay } from "node:timers/promises";
import type { Stack } from "../../local/stack/start-stack.ts";
import { type Spent, sumOf } from "../../tools/cost/spent.ts";
import { metrics } from "../invocations.ts";
import type { Measured, Meter } from "./meter.ts";

/** Those that run all the time; the passes over the fleet are measured for themselves. */
const timers = ["DueVms", "SweepOperations", "SweepGrants", "CleanUp"] as const;
const RUNS = 5;
const MINUTE_MS = 60_000;
/** Seconds of a minute in which no timer comes up: they do at 0, 5, 15, 30, 45 and 50. */
const QUIET = { from: 17, until: 25 };
const HOST_MINUTES = 2;

/** One run of each, with nothing to do. */
export async function idleTimers(meter: Meter): Promise<Record<string, Spent>> {
  const idle: Record<string, Spent> = {};
  for (const name of timers) {
    await quietSecond();
    const { spent } = await meter.measureNow(() => runTimer(meter.stack, name, RUNS));
    idle[name] = sumOf([[spent, 1 / RUNS]]);
  }
  return idle;
}

/** Polls and leases of a minute at rest. */
export async function hostAtRest(meter: Meter): Promise<Pick<Measured, "polls" | "hostLocks">> {
  await quietSecond();
  const { polls, hostLocks } = await meter.measureNow(() => delay(HOST_MINUTES * MINUTE_MS));
  return { polls: polls / HOST_MINUTES, hostLocks: hostLocks / HOST_MINUTES };
}

/** By hand, one run after the other. */
export async function runTimer(stack: Stack, name: string, times = 1): Promise<void> {
  for (let time = 0; time < times; time++) {
    const before = await countOf(stack, name);
    await fetch(new URL(`/admin/functions/${name}`, stack.hosts[0]?.url), {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: "{}",
    });
    while ((await countOf(stack, name)) === before) await delay(20);
  }
}

const countOf = async (stack: Stack, name: string): Promise<number> =>
  (await metrics(stack)).functions[name]?.count ?? 0;

async function quietSecond(): Promise<void> {
  for (;;) {
    const second = new Date().getSeconds();
    if (second >= QUIET.from && second < QUIET.until) return;
    await delay(200);
  }
}

const QUARTER_MS = 15 * MINUTE_MS;
const PASSES_TAKE_MS = MINUTE_MS + 15_000;

/** Waits until for so long no pass over the fleet comes up: they do every quarter of an hour. */
export async function awayFromPasses(forMs: number): Promise<void> {
  const since = Date.now() % QUARTER_MS;
  if (since < PASSES_TAKE_MS) await delay(PASSES_TAKE_MS - since);
  else if (since + forMs > QUARTER_MS) await delay(QUARTER_MS - since + PASSES_TAKE_MS);
}
