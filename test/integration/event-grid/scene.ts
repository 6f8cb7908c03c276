/** Event Grid and webhooks that end with the test that started them. */
import { onTestFinished } from "vitest";
import {
  type EventGrid,
  type EventGridOptions,
  startEventGrid,
} from "../../../local/event-grid/start-event-grid.ts";
import type { Subscription } from "../../../local/event-grid/subscription.ts";
import { startWebhook, type Webhook } from "./webhook.ts";

/** Retries at once, and never gives up. */
const PERSISTENT = { policy: { retrySchedule: [1], maxDeliveryAttempts: 1_000_000 } };

export function eventGrid(options: EventGridOptions = PERSISTENT): EventGrid {
  const grid = startEventGrid(options);
  onTestFinished(() => grid.close());
  return grid;
}

export async function webhook(...responder: Parameters<typeof startWebhook>): Promise<Webhook> {
  const hook = await startWebhook(...responder);
  onTestFinished(() => hook.close());
  return hook;
}

export const to = (
  endpoint: Subscription["endpoint"],
  rest: Partial<Subscription> = {},
): Subscription => ({
  name: "vm-changes",
  topic: "classic",
  schema: "EventGridSchema",
  endpoint,
  ...rest,
});
