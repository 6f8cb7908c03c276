/** Creates the app's queues, which in Azure the deployment does: a queue trigger does not create its queue. */
import { QueueServiceClient } from "@azure/storage-queue";
import { poisonQueueOf, queues } from "../../src/names.ts";
import type { Azurite } from "../azurite/start-azurite.ts";

export async function createQueues(azurite: Azurite): Promise<void> {
  const connection = azurite.connectionString(azurite.account);
  const service = QueueServiceClient.fromConnectionString(connection);
  const names = Object.values(queues).flatMap((queue) => [queue, poisonQueueOf(queue)]);
  await Promise.all(names.map((name) => service.createQueue(name)));
}
