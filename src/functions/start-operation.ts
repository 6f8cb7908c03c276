import type { StorageQueueHandler } from "@azure/functions";
import { startOperationMessageSchema } from "../lib/operations/messages.ts";
import { type StartDeps, startOperation as start } from "../lib/operations/start-operation.ts";
import { logOf } from "./log-of.ts";
import { send } from "./outputs.ts";
import { parseMessage } from "./parse-message.ts";

export const startOperation =
  (services: StartDeps): StorageQueueHandler =>
  async (entry, context) => {
    const message = parseMessage(startOperationMessageSchema, entry, context);
    if (message) send(context, await start(services)(message.operation, logOf(context)));
  };
