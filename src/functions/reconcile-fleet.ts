import type { StorageQueueHandler, TimerHandler } from "@azure/functions";
import { reconcileMessageSchema } from "../lib/reconcile/pass.ts";
import {
  type ReconcilePageDeps,
  reconcilePage as reconcile,
} from "../lib/reconcile/reconcile-page.ts";
import { type StartPassesDeps, startPasses } from "../lib/reconcile/start-passes.ts";
import { logOf } from "./log-of.ts";
import { parseMessage } from "./parse-message.ts";

export const reconcileFleet =
  (services: StartPassesDeps): TimerHandler =>
  (_timer, context) =>
    startPasses(services)(logOf(context));

export const reconcilePage =
  (services: ReconcilePageDeps): StorageQueueHandler =>
  async (entry, context) => {
    const message = parseMessage(reconcileMessageSchema, entry, context);
    if (message) await reconcile(services)(message, logOf(context));
  };
