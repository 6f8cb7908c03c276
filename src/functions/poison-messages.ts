import type { StorageQueueHandler } from "@azure/functions";
import { errorText } from "../lib/error-text.ts";
import type { EndGrantsDeps } from "../lib/grants/end-grants.ts";
import type { GrantDeps } from "../lib/grants/grant-deps.ts";
import { grantDueAt } from "../lib/grants/grant-due.ts";
import type { TellDeps } from "../lib/notify/notifications.ts";
import { notifyAgain } from "../lib/notify/notify-again.ts";
import { notifyMessageSchema } from "../lib/notify/notify-message.ts";
import {
  endGrantsMessageSchema,
  planFleetMessageSchema,
  planPointsMessageSchema,
  planVmMessageSchema,
  revokeGrantMessageSchema,
  startOperationMessageSchema,
} from "../lib/operations/messages.ts";
import {
  type PoisonDeps,
  settlePoisonedOperation,
  settlePoisonedPlan,
} from "../lib/operations/settle-poisoned.ts";
import { type PlanFleetDeps, planFleetAgain } from "../lib/plan/plan-fleet.ts";
import { reconcileMessageSchema } from "../lib/reconcile/pass.ts";
import { logOf } from "./log-of.ts";
import { send } from "./outputs.ts";
import { parseMessage } from "./parse-message.ts";

/**
 * The end of the line does not throw: there is no queue behind it. A failure here leaves the rest to the sweep.
 */
const withoutThrowing =
  (handler: StorageQueueHandler): StorageQueueHandler =>
  async (entry, context) => {
    try {
      await handler(entry, context);
    } catch (error) {
      logOf(context).error("messagePoisoned", {
        function: context.functionName,
        reason: errorText(error),
      });
    }
  };

export const poisonedPlan = (services: PoisonDeps): StorageQueueHandler =>
  withoutThrowing(async (entry, context) => {
    const message = parseMessage(planVmMessageSchema, entry, context);
    if (message) await settlePoisonedPlan(services)(message.vm, "slot", logOf(context));
  });

export const poisonedPoints = (services: PoisonDeps): StorageQueueHandler =>
  withoutThrowing(async (entry, context) => {
    const message = parseMessage(planPointsMessageSchema, entry, context);
    if (message) await settlePoisonedPlan(services)(message.vm, "points", logOf(context));
  });

export const poisonedFleet = (services: Pick<PlanFleetDeps, "delayed">): StorageQueueHandler =>
  withoutThrowing(async (entry, context) => {
    const message = parseMessage(planFleetMessageSchema, entry, context);
    if (message) await planFleetAgain(services)(message, logOf(context));
  });

/** Both operation queues: what they have in common is the operation's id. */
export const poisonedOperation = (services: PoisonDeps): StorageQueueHandler =>
  withoutThrowing(async (entry, context) => {
    const message = parseMessage(startOperationMessageSchema, entry, context);
    if (!message) return;
    send(context, await settlePoisonedOperation(services)(message.operation, logOf(context)));
  });

/** The sweep comes back to the grant every minute; the next one finds it here. */
export const poisonedGrant = (services: Pick<GrantDeps, "tables" | "now">): StorageQueueHandler =>
  withoutThrowing(async (entry, context) => {
    const message = parseMessage(revokeGrantMessageSchema, entry, context);
    if (!message) return;
    logOf(context).error("messagePoisoned", { grant: message.grant });
    await services.tables.grantDue.upsert(grantDueAt(message.grant, services.now()));
  });

const END_GRANTS_AGAIN_MS = 60_000;

/** A partner that was disabled keeps nothing because a message failed. */
export const poisonedEndGrants = (services: Pick<EndGrantsDeps, "delayed">): StorageQueueHandler =>
  withoutThrowing(async (entry, context) => {
    const message = parseMessage(endGrantsMessageSchema, entry, context);
    if (!message) return;
    logOf(context).error("messagePoisoned", { holder: message.holder });
    await services.delayed.endGrants(message, END_GRANTS_AGAIN_MS);
  });

/** This one throws: no sweep would find what was not told, and the host brings the message again. */
export const poisonedNotice =
  (services: TellDeps): StorageQueueHandler =>
  async (entry, context) => {
    const message = parseMessage(notifyMessageSchema, entry, context);
    if (message) await notifyAgain(services)(message, logOf(context));
  };

/** The next pass looks through the same subscription. */
export const poisonedPass: StorageQueueHandler = (entry, context) => {
  const message = parseMessage(reconcileMessageSchema, entry, context);
  if (message) {
    logOf(context).error("messagePoisoned", {
      subscription: message.subscriptionId,
      step: message.step,
      page: message.page,
    });
  }
};
