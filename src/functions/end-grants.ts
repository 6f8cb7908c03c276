import type { StorageQueueHandler } from "@azure/functions";
import { type EndGrantsDeps, endGrants as end } from "../lib/grants/end-grants.ts";
import { endGrantsMessageSchema } from "../lib/operations/messages.ts";
import { type CopyPartnerAgainDeps, copyPartnerOrLater } from "../lib/partners/copy-partner.ts";
import { logOf } from "./log-of.ts";
import { send } from "./outputs.ts";
import { parseMessage } from "./parse-message.ts";

/** All that is left to do of a change of a partner: its grants first, then its copy. */
export const endGrants =
  (services: EndGrantsDeps & CopyPartnerAgainDeps): StorageQueueHandler =>
  async (entry, context) => {
    const message = parseMessage(endGrantsMessageSchema, entry, context);
    if (!message) return;
    const log = logOf(context);
    send(context, await end(services)(message, log));
    if (message.continuation === undefined) {
      await copyPartnerOrLater(services, message.holder, log);
    }
  };
