/**
 * What becomes of one received message:
 *
 *   not decodable, or received too often already → poison, without running
 *   the function succeeds                        → deleted
 *   it fails, dequeueCount < maxDequeueCount     → visible again after `visibilityTimeout`
 *   it fails, dequeueCount ≥ maxDequeueCount     → poison
 *   it fails, and there can be no poison queue   → left invisible, lest it fail in a tight loop
 *
 * Poison is copy, then delete: a crash in between leaves two copies, never none.
 */
import type { DequeuedMessageItem, QueueClient } from "@azure/storage-queue";
import type { TriggerInput } from "../invocation/invoker.ts";
import type { QueueOptions } from "../settings/host-configuration.ts";
import type { BackOff } from "./back-off.ts";
import { type Hold, keepInvisible } from "./keep-invisible.ts";
import { decodeMessage } from "./message-text.ts";
import type { QueueWatcher } from "./queue-watcher.ts";
import { sendMessage } from "./send-message.ts";
import { toRpcMessage } from "./to-rpc-message.ts";

export interface MessageContext {
  readonly queue: QueueClient;
  readonly poison: QueueClient | undefined;
  readonly options: QueueOptions;
  readonly isBinary: boolean;
  readonly receiveVisibilitySeconds: number;
  readonly invoke: (input: TriggerInput) => Promise<unknown>;
  readonly watcher: QueueWatcher;
  /** How long to wait after an empty receive. */
  readonly nextBackOff: (last: BackOff, hasFound: boolean) => BackOff;
}

export async function processMessage(
  context: MessageContext,
  message: DequeuedMessageItem,
): Promise<void> {
  const { options, isBinary } = context;
  const body = decodeMessage(message.messageText, options.messageEncoding);
  if (body === undefined || message.dequeueCount > options.maxDequeueCount) {
    await moveToPoison(context, message, message.popReceipt);
    return;
  }
  const hold = keepInvisible(context.queue, message, context.receiveVisibilitySeconds);
  const succeeded = await context.invoke(toRpcMessage(message, body, isBinary)).then(
    () => true,
    () => false,
  );
  await hold.release();
  if (succeeded) await context.queue.deleteMessage(message.messageId, hold.popReceipt);
  else await settleFailure(context, message, hold);
}

async function settleFailure(
  context: MessageContext,
  message: DequeuedMessageItem,
  { popReceipt }: Hold,
): Promise<void> {
  const { queue, poison, options } = context;
  if (poison === undefined) return;
  if (message.dequeueCount >= options.maxDequeueCount) {
    await moveToPoison(context, message, popReceipt);
    return;
  }
  const seconds = Math.round(options.visibilityTimeoutMs / 1000);
  await queue.updateMessage(message.messageId, popReceipt, undefined, seconds);
}

async function moveToPoison(
  { queue, poison, watcher }: MessageContext,
  { messageId, messageText }: DequeuedMessageItem,
  popReceipt: string,
): Promise<void> {
  if (poison === undefined) return;
  await sendMessage(poison, messageText);
  watcher.notify(poison.name);
  await queue.deleteMessage(messageId, popReceipt);
}
