import { ApiError } from "../lib/api/api-error.ts";
import type { rebuildRoute } from "../lib/api/routes/upkeep.ts";
import { type RebuildDeps, rebuild as start } from "../lib/reconcile/rebuild.ts";
import type { Handler } from "./call.ts";

/** After a loss of the tables. `GET reports/reconciliations` tells how far it is. */
export const rebuild =
  (services: RebuildDeps): Handler<typeof rebuildRoute> =>
  async ({ caller, log }) => {
    const subscriptions = [...services.subscriptions];
    if (subscriptions.length === 0) {
      const message = "The setting SUBSCRIPTIONS names no subscription to look through.";
      throw new ApiError(409, { code: "NoSubscriptions", message });
    }
    const { policies, partners } = await start(services, log);
    log.warn("rebuildStarted", { policies, partners, by: caller.id });
    const body = { subscriptions, policiesRestored: policies, partnersRestored: partners };
    return { status: 202, body };
  };
