import type { TimerHandler } from "@azure/functions";
import { type DueVmsDeps, duePoints } from "../lib/plan/due-vms.ts";
import { logOf } from "./log-of.ts";

export const cleanUp =
  (services: DueVmsDeps): TimerHandler =>
  (_timer, context) =>
    duePoints(services)(logOf(context));
