import type { StorageQueueHandler } from "@azure/functions";
import { type EndGrantsDeps, endGrants as end } from "../lib/grants/end-grants.ts";
import { endGrantsMessageSchema } from "../lib/operations/messages.ts";
import { logOf } from "./log-of.ts";
import { send } from "./outputs.ts";
import { parseMessage } from "./parse-message.ts";

export const endGrants =
  (services: EndGrantsDeps): StorageQueueHandler =>
  async (entry, context) => {
    const message = parseMessage(endGrantsMessageSchema, entry, context);
    if (message) send(context, await end(services)(message, logOf(context)));
  };
