/** Sends what a function returned, or set as extra outputs, to the queues its bindings name. */
import type { HostedFunction } from "../app/hosted-function.ts";
import type { InvocationResponse, TypedData } from "../app/rpc.ts";
import type { StorageClients } from "../storage/storage-clients.ts";
import { encodeMessage, type MessageEncoding } from "./message-text.ts";
import type { QueueWatcher } from "./queue-watcher.ts";
import { sendMessage } from "./send-message.ts";
import { toMessages } from "./to-messages.ts";

export type SendOutputs = (fn: HostedFunction, response: InvocationResponse) => Promise<void>;

export function createSendOutputs(
  clients: StorageClients,
  encoding: MessageEncoding,
  watcher: QueueWatcher,
): SendOutputs {
  return async (fn, response) => {
    for (const { name, queueName, connection } of fn.outputs) {
      const data = outputNamed(response, name);
      if (data === undefined) continue;
      const queue = clients.queues(connection).getQueueClient(queueName);
      for (const message of toMessages(data)) {
        await sendMessage(queue, encodeMessage(message, encoding));
        watcher.notify(queueName);
      }
    }
  };
}

function outputNamed(response: InvocationResponse, name: string): TypedData | undefined {
  if (name === "$return") return response.returnValue ?? undefined;
  return response.outputData?.find((each) => each.name === name)?.data ?? undefined;
}
