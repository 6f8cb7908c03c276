import type { TimerHandler } from "@azure/functions";
import { type DueVmsDeps, dueVms as sendDueVms } from "../lib/plan/due-vms.ts";
import { logOf } from "./log-of.ts";

export const dueVms =
  (services: DueVmsDeps): TimerHandler =>
  (_timer, context) =>
    sendDueVms(services)(logOf(context));
