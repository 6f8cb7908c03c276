import type { StorageQueueHandler } from "@azure/functions";
import { type NotifyDeps, notify as publish } from "../lib/notify/notify.ts";
import { notifyMessageSchema } from "../lib/notify/notify-message.ts";
import { logOf } from "./log-of.ts";
import { parseMessage } from "./parse-message.ts";

export const notify =
  (services: NotifyDeps): StorageQueueHandler =>
  async (entry, context) => {
    const message = parseMessage(notifyMessageSchema, entry, context);
    if (message) await publish(services)(message, logOf(context));
  };
