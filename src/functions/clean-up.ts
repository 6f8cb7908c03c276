import type { TimerHandler } from "@azure/functions";
import { type DueVmsDeps, duePoints } from "../lib/plan/due-vms.ts";
import { type ForgetRequestsDeps, forgetRequests } from "../lib/repeatability/forget-requests.ts";
import { logOf } from "./log-of.ts";

type Deps = DueVmsDeps & ForgetRequestsDeps & { readonly tables: DueVmsDeps["tables"] };

/**
 * Well within the function's five minutes. In three, at 500 a second, 90,000 are forgotten, while in the five from one tick
 * to the next a partner adds 3,000 with the usual rate limit and 30,000 with the highest, to each instance: thirty usual
 * partners that never rest, or three of the others. A backlog of busier hours goes in the quieter ones.
 */
const FORGET_FOR_MS = 180_000;

export const cleanUp =
  (services: Deps): TimerHandler =>
  async (_timer, context) => {
    await duePoints(services)(logOf(context));
    await forgetRequests(services, FORGET_FOR_MS);
  };
