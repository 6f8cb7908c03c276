/** Waits until a local stack has nothing left to do: what a benchmark measures next is then its own. */
import { setTimeout as delay } from "node:timers/promises";
import { QueueServiceClient } from "@azure/storage-queue";
import type { Stack } from "../local/stack/start-stack.ts";
import { queues } from "../src/names.ts";
import { metrics } from "./invocations.ts";

const EVERY_MS = 300;
/** They run whether there is something to do or not. */
const TIMERS = /^(DueVms|CleanUp|FindBreaches|Reconcile|Sweep)/;

/** Every event is delivered and every queue empty, delayed messages included, twice in a row with no run in between. */
export async function atRest(stack: Stack): Promise<void> {
  const service = QueueServiceClient.fromConnectionString(
    stack.azurite.connectionString(stack.azurite.account),
  );
  let runsBefore = Number.NaN;
  for (;;) {
    await stack.eventGrid.idle();
    const runs = await countRuns(stack);
    const isEmpty = await areEmpty(service);
    if (isEmpty && runs === runsBefore) return;
    runsBefore = isEmpty ? runs : Number.NaN;
    await delay(EVERY_MS);
  }
}

async function countRuns(stack: Stack): Promise<number> {
  const { functions } = await metrics(stack);
  const counted = Object.entries(functions).filter(([name]) => !TIMERS.test(name));
  return counted.reduce((sum, [, { count }]) => sum + count, 0);
}

async function areEmpty(service: QueueServiceClient): Promise<boolean> {
  const counts = Object.values(queues).map(async (name) => {
    const { approximateMessagesCount = 0 } = await service.getQueueClient(name).getProperties();
    return approximateMessagesCount;
  });
  return (await Promise.all(counts)).every((count) => count === 0);
}
