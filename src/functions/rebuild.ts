import { ApiError } from "../lib/api/api-error.ts";
import { type RebuildDeps, rebuild as start } from "../lib/reconcile/rebuild.ts";
import type { CheckedHandler } from "./checked.ts";

/** After a loss of the tables. `GET reports/reconciliations` tells how far it is. */
export const rebuild =
  (services: RebuildDeps): CheckedHandler =>
  async (_request, caller, log) => {
    const { subscriptions } = services;
    if (subscriptions.length === 0) {
      const message = "The setting SUBSCRIPTIONS names no subscription to look through.";
      throw new ApiError(409, { code: "NoSubscriptions", message });
    }
    const { policies } = await start(services, log);
    log.warn("rebuildStarted", { policies, by: caller.id });
    return { status: 202, jsonBody: { subscriptions, policiesRestored: policies } };
  };
