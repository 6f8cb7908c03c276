import type { StorageQueueHandler } from "@azure/functions";
import { trackOperationMessageSchema } from "../lib/operations/messages.ts";
import { type TrackDeps, trackOperation as track } from "../lib/operations/track-operation.ts";
import { logOf } from "./log-of.ts";
import { send } from "./outputs.ts";
import { parseMessage } from "./parse-message.ts";

export const trackOperation =
  (services: TrackDeps): StorageQueueHandler =>
  async (entry, context) => {
    const message = parseMessage(trackOperationMessageSchema, entry, context);
    if (message) send(context, await track(services)(message, logOf(context)));
  };
