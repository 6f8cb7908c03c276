/** One timer, for as long as this host holds its lock. */
import type { TriggerInput } from "../invocation/invoker.ts";
import { wait, waitUntil } from "./long-delay.ts";
import type { Schedule } from "./schedule.ts";
import { decideStart } from "./start-decision.ts";
import type { StatusStore } from "./status-store.ts";
import type { TimerStatus } from "./timer-status.ts";
import { toRpcTimer } from "./to-rpc-timer.ts";

export interface TimerOptions {
  readonly name: string;
  readonly schedule: Schedule;
  readonly runOnStartup: boolean;
  /** Undefined when the status is not kept. */
  readonly store: StatusStore | undefined;
  /** A failing function does not stop the schedule. */
  readonly invoke: (input: TriggerInput) => Promise<unknown>;
  readonly onStoreError: (error: unknown) => void;
}

const STORE_RETRY_MS = 5000;

/** Runs until the signal is aborted; a run under way is finished first. Runs never overlap: each is awaited. */
export async function runTimer(options: TimerOptions, signal: AbortSignal): Promise<void> {
  const { name, schedule, runOnStartup, store } = options;
  const stored = await untilItWorks(() => store?.read(name), options, signal);
  if (signal.aborted) return;
  const decision = decideStart(stored, schedule, new Date());
  if (decision === undefined) return;
  let status: TimerStatus | undefined = decision.status;
  if (decision.isChanged) await save(options, status, signal);
  if (decision.isPastDue || runOnStartup) {
    status = await fire(options, status, decision.isPastDue, true, signal);
  }
  while (status !== undefined && !signal.aborted) {
    await waitUntil(status.next, signal);
    if (!signal.aborted) status = await fire(options, status, false, false, signal);
  }
}

/** Returns the new status, or undefined when the schedule never fires again. */
async function fire(
  options: TimerOptions,
  status: TimerStatus,
  isPastDue: boolean,
  isStart: boolean,
  signal: AbortSignal,
): Promise<TimerStatus | undefined> {
  const { schedule, store, invoke } = options;
  const now = new Date();
  const shown = store === undefined ? undefined : status;
  await invoke(toRpcTimer(shown, isPastDue)).catch(() => undefined);
  // A timer that fires a moment early must not find the same occurrence again.
  const last = !isStart && status.next > now ? status.next : now;
  const next = schedule.next(last);
  if (next === undefined) return undefined;
  const updated = { last, next, lastUpdated: last };
  await save(options, updated, signal);
  return updated;
}

async function save(
  options: TimerOptions,
  status: TimerStatus,
  signal: AbortSignal,
): Promise<void> {
  await untilItWorks(() => options.store?.write(options.name, status), options, signal);
}

/** Storage may be away for a while; a timer that ended for that would never fire again. */
async function untilItWorks<T>(
  work: () => Promise<T> | undefined,
  { onStoreError }: TimerOptions,
  signal: AbortSignal,
): Promise<T | undefined> {
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (signal.aborted) return undefined;
      onStoreError(error);
      await wait(STORE_RETRY_MS, signal);
    }
  }
}
