import type { StorageQueueHandler } from "@azure/functions";
import { planPointsMessageSchema } from "../lib/operations/messages.ts";
import { type PlanPointsDeps, planPoints as plan } from "../lib/upkeep/plan-points.ts";
import { logOf } from "./log-of.ts";
import { send } from "./outputs.ts";
import { parseMessage } from "./parse-message.ts";

export const planPoints =
  (services: PlanPointsDeps): StorageQueueHandler =>
  async (entry, context) => {
    const message = parseMessage(planPointsMessageSchema, entry, context);
    if (message) send(context, await plan(services)(message.vm, logOf(context)));
  };
