/** The routes of event subscriptions with a real Event Grid behind them, for each test its own. */
import { onTestFinished } from "vitest";
import { Clock } from "../../../local/arm/clock.ts";
import { ArmError } from "../../../local/arm/http/arm-error.ts";
import { createRouter } from "../../../local/arm/http/router.ts";
import { EventSubscriptions } from "../../../local/arm/resources/event-grid/event-subscriptions.ts";
import { eventSubscriptionRoutes } from "../../../local/arm/resources/event-grid/routes.ts";
import { Journal } from "../../../local/arm/state/journal.ts";
import { ResourceMap } from "../../../local/arm/state/resource-map.ts";
import type { EventSubscriptionRecord } from "../../../local/arm/state/state.ts";
import type { ResourceChange } from "../../../local/event-grid/resource-change.ts";
import { SUBSCRIPTION_ID } from "../../unit/event-grid/changes.ts";
import { eventGrid } from "../event-grid/scene.ts";

export const ALL = `/subscriptions/${SUBSCRIPTION_ID}/providers/Microsoft.EventGrid/eventSubscriptions`;
export const IT = `${ALL}/vm-changes`;
export const MINUTE = 60_000;
export const CREATED = "Microsoft.ResourceNotifications.Resources.CreatedOrUpdated";
export const DELETED = "Microsoft.Resources.ResourceDeleteSuccess";

interface Options {
  readonly callbackUrl?: string;
  readonly records?: ResourceMap<EventSubscriptionRecord>;
}

export function arm({ callbackUrl, records }: Options = {}) {
  const clock = new Clock();
  onTestFinished(() => clock.close());
  const changes: ResourceChange[] = [];
  const grid = eventGrid({ clock });
  const kept = records ?? new ResourceMap<EventSubscriptionRecord>(new Journal(), "it");
  const subscriptions = new EventSubscriptions({
    records: kept,
    eventGrid: grid,
    clock,
    ...(callbackUrl && { callbackUrl: () => callbackUrl }),
  });
  const changed = (change: ResourceChange) => changes.push(change);
  const route = createRouter(eventSubscriptionRoutes({ changed, clock }, subscriptions));
  const ask = async (method: string, path: string, body?: unknown) => {
    const url = new URL(`https://localhost${path}`);
    try {
      const { route: found, params } = route(method, url.pathname);
      const ids = { requestId: "r", correlationId: "c", clientRequestId: "q", principal: "p" };
      const conditions = { ifMatch: undefined, ifNoneMatch: undefined };
      const request = { method, url, params, body, apiVersion: "2022-06-15", ...ids };
      return await found.handler({ ...request, ...conditions });
    } catch (error) {
      if (!(error instanceof ArmError)) throw error;
      return { status: error.status, body: error.body };
    }
  };
  return { ask, grid, clock, changes, subscriptions, kept };
}

export const body = (endpointUrl: string, more: object = {}) => ({
  properties: {
    destination: { endpointType: "WebHook", properties: { endpointUrl } },
    ...more,
  },
});

export const typed = (...includedEventTypes: string[]) => ({ filter: { includedEventTypes } });
