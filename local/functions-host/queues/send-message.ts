/** Sends to a queue that may not exist yet. */
import { RestError } from "@azure/core-rest-pipeline";
import type { QueueClient } from "@azure/storage-queue";

/** Creates the queue only when it turns out to be missing: that spares a request for every message. */
export async function sendMessage(queue: QueueClient, text: string): Promise<void> {
  try {
    await queue.sendMessage(text);
  } catch (error) {
    if (!isQueueMissing(error)) throw error;
    await queue.createIfNotExists();
    await queue.sendMessage(text);
  }
}

export function isQueueMissing(error: unknown): boolean {
  return error instanceof RestError && error.code === "QueueNotFound";
}
