import type { TimerHandler } from "@azure/functions";
import type { EndDeps } from "../lib/operations/endings/ending.ts";
import { sweepOperations as sweep } from "../lib/operations/sweep-operations.ts";
import { logOf } from "./log-of.ts";
import { send } from "./outputs.ts";

export const sweepOperations =
  (services: EndDeps): TimerHandler =>
  async (_timer, context) =>
    send(context, await sweep(services)(logOf(context)));
