import type { StorageQueueHandler } from "@azure/functions";
import { planVmMessageSchema } from "../lib/operations/messages.ts";
import { type PlanVmDeps, planVm as plan } from "../lib/plan/plan-vm.ts";
import { logOf } from "./log-of.ts";
import { send } from "./outputs.ts";
import { parseMessage } from "./parse-message.ts";

export const planVm =
  (services: PlanVmDeps): StorageQueueHandler =>
  async (entry, context) => {
    const message = parseMessage(planVmMessageSchema, entry, context);
    if (message) send(context, await plan(services)(message, logOf(context)));
  };
