/** A queue message as the host sends it to a function. */
import type { DequeuedMessageItem } from "@azure/storage-queue";
import type { TypedData } from "../app/rpc.ts";
import type { TriggerInput } from "../invocation/invoker.ts";

type MessageProperties = Pick<
  DequeuedMessageItem,
  "messageId" | "popReceipt" | "dequeueCount" | "insertedOn" | "expiresOn" | "nextVisibleOn"
>;

/**
 * Besides the message's own properties, the metadata has every top-level property of a JSON object that is no
 * array. These win: a message with an `Id` or a `DequeueCount` replaces the metadata of that name.
 */
export function toRpcMessage(
  message: MessageProperties,
  body: Buffer,
  isBinary: boolean,
): TriggerInput {
  const text = body.toString();
  const metadata: Record<string, TypedData> = {
    QueueTrigger: { string: text },
    DequeueCount: { json: String(message.dequeueCount) },
    ExpirationTime: dateTimeOffset(message.expiresOn),
    Id: { string: message.messageId },
    InsertionTime: dateTimeOffset(message.insertedOn),
    NextVisibleTime: dateTimeOffset(message.nextVisibleOn),
    PopReceipt: { string: message.popReceipt },
  };
  for (const [key, value] of Object.entries(ownFields(text))) {
    // The host's dictionary ignores case, and keeps the first spelling.
    const known = Object.keys(metadata).find((each) => each.toLowerCase() === key.toLowerCase());
    metadata[known ?? key] =
      typeof value === "string" ? { string: value } : { json: JSON.stringify(value) };
  }
  return { data: isBinary ? { bytes: body } : { string: text }, metadata };
}

function ownFields(text: string): Record<string, unknown> {
  if (!text.trimStart().startsWith("{")) return {};
  try {
    const fields = Object.entries(JSON.parse(text)).filter(([, value]) => !Array.isArray(value));
    return Object.fromEntries(fields);
  } catch {
    return {};
  }
}

function dateTimeOffset(date: Date): TypedData {
  return { json: JSON.stringify(date.toISOString().replace(/(\.000)?Z$/, "+00:00")) };
}
