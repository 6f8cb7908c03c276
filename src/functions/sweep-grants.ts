import type { TimerHandler } from "@azure/functions";
import type { GrantDeps } from "../lib/grants/grant-deps.ts";
import { sweepGrants as sweep } from "../lib/grants/sweep-grants.ts";
import { logOf } from "./log-of.ts";
import { send } from "./outputs.ts";

export const sweepGrants =
  (services: GrantDeps): TimerHandler =>
  async (_timer, context) =>
    send(context, await sweep(services)(logOf(context)));
