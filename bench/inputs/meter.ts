/** Measures what some work takes on a local stack, from rest to rest. */
import type { Stack } from "../../local/stack/start-stack.ts";
import { type Spent, sumOf } from "../../tools/cost/spent.ts";
import { atRest } from "../at-rest.ts";
import { metrics } from "../invocations.ts";
import { armCalls } from "./arm-calls.ts";
import type { StorageCount, StorageCounter } from "./count-storage.ts";

/** Runs of these are the benchmark's own or another's; their requests to storage are few. */
interface Reading {
  readonly storage: StorageCount;
  readonly functions: Awaited<ReturnType<typeof metrics>>["functions"];
  readonly deliveries: number;
  readonly lines: number;
}

export interface Measured {
  readonly spent: Spent;
  /** Requests to tables, by the table's name. */
  readonly tableRequests: Readonly<Record<string, number>>;
  readonly polls: number;
  readonly hostLocks: number;
}

export interface Meter {
  readonly stack: Stack;
  /** What `work`, and all that follows from it, takes. */
  measure(work: () => Promise<void>): Promise<Measured>;
  /** The same without a wait for rest: for what goes on while there is nothing to do. */
  measureNow(work: () => Promise<void>): Promise<Measured>;
}

/** `lines` says how many lines the functions host has logged. */
export function createMeter(stack: Stack, counter: StorageCounter, lines: () => number): Meter {
  const read = async (): Promise<Reading> => ({
    storage: counter.count(stack),
    functions: (await metrics(stack)).functions,
    deliveries: stack.eventGrid.deliveries.length,
    lines: lines(),
  });
  const measureNow = async (work: () => Promise<void>) => {
    const before = await read();
    stack.arm.clearRequests();
    await work();
    return difference(before, await read(), stack);
  };
  return {
    stack,
    measureNow,
    measure: async (work) => {
      await atRest(stack);
      return await measureNow(async () => {
        await work();
        await atRest(stack);
      });
    },
  };
}

function difference(before: Reading, after: Reading, { arm }: Stack): Measured {
  const { tables, queues, blobReads, blobWrites } = after.storage;
  const names = Object.keys(after.functions).sort();
  const runs: Record<string, number> = {};
  for (const name of names) {
    const was = before.functions[name] ?? { count: 0 };
    const is = after.functions[name] ?? was;
    if (is.count === was.count) continue;
    runs[name] = is.count - was.count;
  }
  return {
    spent: {
      tables: tables - before.storage.tables,
      queues: queues - before.storage.queues,
      blobReads: blobReads - before.storage.blobReads,
      blobWrites: blobWrites - before.storage.blobWrites,
      ...armCalls(arm.requests),
      eventsDelivered: after.deliveries - before.deliveries,
      logLines: after.lines - before.lines,
      runs,
    },
    tableRequests: Object.fromEntries(
      Object.entries(after.storage.tableRequests).map(([name, count]) => [
        name,
        count - (before.storage.tableRequests[name] ?? 0),
      ]),
    ),
    polls: after.storage.polls - before.storage.polls,
    hostLocks: after.storage.hostLocks - before.storage.hostLocks,
  };
}

/** Without the runs of timers that fell into it with nothing to do. */
export const withoutTimers = (spent: Spent, timers: Readonly<Record<string, Spent>>): Spent =>
  sumOf([
    [spent, 1],
    ...Object.entries(timers).map(([name, idle]) => [idle, -(spent.runs[name] ?? 0)] as const),
  ]);
