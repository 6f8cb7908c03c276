/** Delayed messages on Azure Queue Storage, encoded as the Functions host expects them. */

import type { TokenCredential } from "@azure/core-auth";
import { type QueueClient, QueueServiceClient, RestError } from "@azure/storage-queue";
import { type QueueName, queues } from "../../names.ts";
import type { DelayedMessages } from "../operations/messages.ts";

/** The service refuses more than 7 days; a message that wakes too early is simply sent on its way again. */
const LONGEST_DELAY = 6 * 86_400;
const NEVER_EXPIRES = -1;

/** `stamp` adds to a message what goes on with it. */
export function azureDelayedMessages(
  url: string,
  credential: TokenCredential,
  stamp: (message: object) => object = (message) => message,
): DelayedMessages {
  const service = new QueueServiceClient(url, credential);
  const clients = new Map<QueueName, QueueClient>();

  async function send(queue: QueueName, message: object, delayMs: number): Promise<void> {
    const client = clients.get(queue) ?? service.getQueueClient(queue);
    clients.set(queue, client);
    const text = Buffer.from(JSON.stringify(stamp(message))).toString("base64");
    const visibilityTimeout = Math.min(LONGEST_DELAY, Math.ceil(Math.max(0, delayMs) / 1000));
    const options = { visibilityTimeout, messageTimeToLive: NEVER_EXPIRES };
    try {
      await client.sendMessage(text, options);
    } catch (error) {
      if (!(error instanceof RestError && error.statusCode === 404)) throw error;
      await client.createIfNotExists();
      await client.sendMessage(text, options);
    }
  }

  return {
    planVm: (message, delayMs) => send(queues.planVm, message, delayMs),
    planPoints: (message, delayMs) => send(queues.planPoints, message, delayMs),
    planFleet: (message, delayMs) => send(queues.planFleet, message, delayMs),
    reconcile: (message, delayMs) => send(queues.reconcileFleet, message, delayMs),
    startOperation: (message, delayMs) => send(queues.startOperation, message, delayMs),
    trackOperation: (message, delayMs) => send(queues.trackOperation, message, delayMs),
    revokeGrant: (message, delayMs) => send(queues.revokeGrant, message, delayMs),
    endGrants: (message, delayMs) => send(queues.endGrants, message, delayMs),
    notify: (message, delayMs) => send(queues.notify, message, delayMs),
  };
}
