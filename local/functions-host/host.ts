/** The composition of the host: one app, its functions, and everything that calls them. */
import { availableParallelism } from "node:os";
import { triggeredBy } from "./app/hosted-function.ts";
import { indexFunctions } from "./app/index-functions.ts";
import { prepareProcess } from "./app/prepare-process.ts";
import { startWorker } from "./app/start-worker.ts";
import type { Arguments } from "./arguments.ts";
import { createWebhook } from "./event-grid/webhook.ts";
import { createAdmin } from "./http/admin.ts";
import { readKeys } from "./http/authorize.ts";
import { createRouter } from "./http/router.ts";
import { type Endpoints, listen } from "./http/server.ts";
import { Invoker } from "./invocation/invoker.ts";
import { Metrics } from "./invocation/metrics.ts";
import { createListeners } from "./listening/create-listeners.ts";
import { ListenerGroup } from "./listening/listener-group.ts";
import { createLog } from "./logs/log.ts";
import { QueueWatcher } from "./queues/queue-watcher.ts";
import { createSendOutputs } from "./queues/send-outputs.ts";
import { readHostConfiguration } from "./settings/host-configuration.ts";
import { createSettings } from "./settings/settings.ts";
import { createStopHost } from "./stop-host.ts";
import { createHostId } from "./storage/host-id.ts";
import { createStorageClients } from "./storage/storage-clients.ts";

export interface RunningHost {
  readonly url: string;
  readonly functions: readonly string[];
  /** Drains, runs the app's appTerminate hooks, and closes the server. */
  stop(): Promise<void>;
}

/** The service's own limit. */
const BODY_LIMIT = 104_857_600;

/** Resolves when every trigger is served. Throws on an app, or a setting, this host cannot serve as it is. */
export async function startHost(
  { app, port, enableAuth }: Arguments,
  onStuck: (message: string) => void,
): Promise<RunningHost> {
  let endpoints: Endpoints | undefined;
  const { server, url } = await listen(port, () => endpoints);
  prepareProcess(app, url);
  const settings = createSettings(process.env);
  const configuration = await readHostConfiguration(app, settings, availableParallelism());
  const log = createLog(configuration.logLevels, console.log);
  const worker = await startWorker(app, log);
  const functions = indexFunctions(worker.functions, settings, configuration.functions);
  const clients = createStorageClients(settings);
  const watcher = new QueueWatcher();
  const metrics = new Metrics();
  const invoker = new Invoker({
    worker,
    log,
    metrics,
    functionTimeoutMs: configuration.functionTimeoutMs,
    sendOutputs: createSendOutputs(clients, configuration.queues.messageEncoding, watcher),
    onStuck: (fn) => onStuck(`The function ${fn.name} overran its time and does not end.`),
  });
  const hostId = createHostId(settings, app);
  const context = { settings, configuration, clients, invoker, watcher, log };
  const listeners = new ListenerGroup(
    await createListeners({ ...context, functions, hostId }),
    invoker,
  );
  endpoints = {
    findRoute: createRouter(triggeredBy(functions, "http"), configuration.routePrefix),
    webhook: createWebhook(triggeredBy(functions, "eventGrid"), invoker),
    admin: createAdmin({ hostId, functions, invoker, metrics, listeners }),
    invoker,
    keys: readKeys(settings, enableAuth),
    bodyLimit: Number(settings.get("FUNCTIONS_REQUEST_BODY_SIZE_LIMIT") ?? BODY_LIMIT),
    log,
  };
  listeners.resume();
  const names = functions.map(({ name }) => name);
  return { url, functions: names, stop: createStopHost(server, listeners, invoker, worker) };
}
