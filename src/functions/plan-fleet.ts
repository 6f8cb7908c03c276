import type { StorageQueueHandler } from "@azure/functions";
import { planFleetMessageSchema } from "../lib/operations/messages.ts";
import { type PlanFleetDeps, planFleet as plan } from "../lib/plan/plan-fleet.ts";
import { logOf } from "./log-of.ts";
import { parseMessage } from "./parse-message.ts";

export const planFleet =
  (services: PlanFleetDeps): StorageQueueHandler =>
  async (entry, context) => {
    const message = parseMessage(planFleetMessageSchema, entry, context);
    if (message) await plan(services)(message, logOf(context));
  };
