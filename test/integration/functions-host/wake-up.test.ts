import { afterAll, beforeAll, expect, test } from "vitest";
import type { TypedData } from "../../../local/functions-host/app/rpc.ts";
import { QueueListener } from "../../../local/functions-host/queues/queue-listener.ts";
import { QueueWatcher } from "../../../local/functions-host/queues/queue-watcher.ts";
import { createSendOutputs } from "../../../local/functions-host/queues/send-outputs.ts";
import { createSettings } from "../../../local/functions-host/settings/settings.ts";
import { createStorageClients } from "../../../local/functions-host/storage/storage-clients.ts";
import { httpFunction } from "../../unit/functions-host/hosted-functions.ts";
import { eventually, type Storage, startStorage } from "./harness.ts";

const AN_HOUR_MS = 3_600_000;
let storage: Storage;

beforeAll(async () => {
  storage = await startStorage();
});
afterAll(() => storage.stop());

test("an idle listener is woken by an output binding of its own process, without waiting", async () => {
  const watcher = new QueueWatcher();
  const received: TypedData[] = [];
  const listener = new QueueListener(
    {
      queue: await storage.queue("woken"),
      poison: undefined,
      options: {
        batchSize: 16,
        newBatchThreshold: 0,
        maxPollingIntervalMs: AN_HOUR_MS,
        visibilityTimeoutMs: 0,
        maxDequeueCount: 5,
        messageEncoding: "base64",
      },
      isBinary: false,
      receiveVisibilitySeconds: 600,
      invoke: async ({ data }) => received.push(data),
      watcher,
      // Whoever is not woken sleeps for longer than the test runs.
      nextBackOff: () => ({ delayMs: AN_HOUR_MS, steps: 1 }),
    },
    () => undefined,
  );
  const clients = createStorageClients(createSettings(storage.env));
  const sendOutputs = createSendOutputs(clients, "base64", watcher);
  const outputs = [{ name: "$return", queueName: "woken", connection: "AzureWebJobsStorage" }];
  for (const text of ["one", "two", "three"]) {
    await sendOutputs({ ...httpFunction("Sends"), outputs }, { returnValue: { string: text } });
    await eventually(async () => received.find((data) => data.string === text));
  }
  await listener.stop();
  expect(received).toHaveLength(3);
});
