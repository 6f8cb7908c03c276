import type { TimerHandler } from "@azure/functions";
import { type DueVmsDeps, duePoints } from "../lib/plan/due-vms.ts";
import type { RepeatabilityDeps } from "../lib/repeatability/begin-request.ts";
import { forgetRequests } from "../lib/repeatability/forget-requests.ts";
import { logOf } from "./log-of.ts";

type Deps = DueVmsDeps & RepeatabilityDeps & { readonly tables: DueVmsDeps["tables"] };

export const cleanUp =
  (services: Deps): TimerHandler =>
  async (_timer, context) => {
    await duePoints(services)(logOf(context));
    await forgetRequests(services, services.now());
  };
