/** A timer trigger: its schedule, run by one host at a time. */
import type { ContainerClient } from "@azure/storage-blob";
import type { HostedFunction, TimerTrigger } from "../app/hosted-function.ts";
import type { Invoker } from "../invocation/invoker.ts";
import type { Listener } from "../listening/listener.ts";
import { describeError, type Log } from "../logs/log.ts";
import type { SingletonOptions } from "../settings/host-configuration.ts";
import { runTimer } from "./run-timer.ts";
import { parseSchedule } from "./schedule.ts";
import { startSingleton } from "./singleton.ts";
import { createStatusStore } from "./status-store.ts";

export interface TimerContext {
  /** `azure-webjobs-hosts`; it must exist. */
  readonly container: ContainerClient;
  readonly hostId: string;
  readonly timeZone: string;
  readonly singleton: SingletonOptions;
  readonly invoker: Invoker;
  readonly log: Log;
}

/** Returns what starts the listener, so that an invalid schedule is known before anything runs. */
export function createTimerListener(
  fn: HostedFunction<TimerTrigger>,
  context: TimerContext,
): () => Listener {
  const { container, hostId, timeZone, singleton, invoker, log } = context;
  const { name, trigger } = fn;
  const schedule = parseSchedule(trigger.schedule, timeZone, new Date());
  const isMonitored = trigger.useMonitor && !schedule.isSubMinute;
  const report = (error: unknown) =>
    log("warning", "Host.Triggers.Timer", `Timer ${name}: ${describeError(error)}`);
  const options = {
    name,
    schedule,
    runOnStartup: trigger.runOnStartup,
    store: isMonitored ? createStatusStore(container, hostId) : undefined,
    invoke: invoker.invoke.bind(invoker, fn),
    onStoreError: report,
  };
  return () =>
    startSingleton({
      lock: container.getBlockBlobClient(`locks/${hostId}/Host.Functions.${name}.Listener`),
      options: singleton,
      run: (signal) => runTimer(options, signal),
      onError: report,
    });
}
