import type { StorageQueueHandler } from "@azure/functions";
import { type RevokeDeps, revokeGrant as revoke } from "../lib/grants/revoke-grant.ts";
import { revokeGrantMessageSchema } from "../lib/operations/messages.ts";
import { logOf } from "./log-of.ts";
import { send } from "./outputs.ts";
import { parseMessage } from "./parse-message.ts";

export const revokeGrant =
  (services: RevokeDeps): StorageQueueHandler =>
  async (entry, context) => {
    const message = parseMessage(revokeGrantMessageSchema, entry, context);
    if (message) send(context, await revoke(services)(message, logOf(context)));
  };
