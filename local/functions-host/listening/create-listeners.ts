/** One listener for each function triggered by a queue or a timer. */
import { type HostedFunction, type QueueTrigger, triggeredBy } from "../app/hosted-function.ts";
import type { Invoker } from "../invocation/invoker.ts";
import type { Log } from "../logs/log.ts";
import { type BackOff, nextBackOff } from "../queues/back-off.ts";
import { poisonQueueName } from "../queues/poison-queue.ts";
import { QueueListener } from "../queues/queue-listener.ts";
import type { QueueWatcher } from "../queues/queue-watcher.ts";
import type { HostConfiguration } from "../settings/host-configuration.ts";
import type { Settings } from "../settings/settings.ts";
import type { StorageClients } from "../storage/storage-clients.ts";
import { createTimerListener } from "../timers/timer-listener.ts";
import type { StartListener } from "./listener-group.ts";

/** How long a received message is invisible to other hosts, unless it is renewed. */
const RECEIVE_VISIBILITY_SECONDS = 600;
/** Holds locks and timer status. */
const HOSTS_CONTAINER = "azure-webjobs-hosts";

export interface ListenerContext {
  readonly functions: readonly HostedFunction[];
  readonly hostId: string;
  readonly settings: Settings;
  readonly configuration: HostConfiguration;
  readonly clients: StorageClients;
  readonly invoker: Invoker;
  readonly watcher: QueueWatcher;
  readonly log: Log;
}

/** Throws on an invalid schedule or a missing connection, before anything listens. */
export async function createListeners(context: ListenerContext): Promise<StartListener[]> {
  const queues = triggeredBy(context.functions, "queue").map((fn) => queueListener(fn, context));
  return [...queues, ...(await timerListeners(context))];
}

function queueListener(fn: HostedFunction<QueueTrigger>, context: ListenerContext): StartListener {
  const { settings, configuration, clients, invoker, watcher, log } = context;
  const { queueName, connection, isBinary } = fn.trigger;
  const service = clients.queues(connection);
  const poison = poisonQueueName(queueName);
  const visibility = settings.get("LOCAL_QUEUE_VISIBILITY_SECONDS");
  const message = {
    queue: service.getQueueClient(queueName),
    poison: poison === undefined ? undefined : service.getQueueClient(poison),
    options: configuration.queues,
    isBinary,
    receiveVisibilitySeconds: Number(visibility ?? RECEIVE_VISIBILITY_SECONDS),
    invoke: invoker.invoke.bind(invoker, fn),
    watcher,
    nextBackOff: (last: BackOff, hasFound: boolean) =>
      nextBackOff(last, hasFound, configuration.queues.maxPollingIntervalMs, Math.random()),
  };
  return () => new QueueListener(message, log);
}

async function timerListeners(context: ListenerContext): Promise<StartListener[]> {
  const { functions, hostId, settings, configuration, clients, invoker, log } = context;
  const timers = triggeredBy(functions, "timer");
  if (timers.length === 0) return [];
  const container = clients.blobs("Storage").getContainerClient(HOSTS_CONTAINER);
  await container.createIfNotExists();
  const timeZone = settings.get("WEBSITE_TIME_ZONE") ?? settings.get("TZ") ?? "UTC";
  const { singleton } = configuration;
  return timers.map((fn) =>
    createTimerListener(fn, { container, hostId, timeZone, singleton, invoker, log }),
  );
}
