/** One event on its way to one webhook: attempts until it is delivered or given up. */
import { setTimeout as delay } from "node:timers/promises";
import { type DeliveryPolicy, judge, type Verdict } from "./delivery-policy.ts";
import { envelope } from "./envelope.ts";
import type { Event } from "./event.ts";
import type { Slots } from "./slots.ts";
import { endpointOf, type Subscription } from "./subscription.ts";

/** One attempt, for tests and for the log of the local stack. */
export interface Delivery {
  readonly subscription: string;
  readonly event: Event;
  /** 1 for the first. */
  readonly attempt: number;
  readonly at: Date;
  readonly status: number | undefined;
  /** `Lost` is the knob's doing: the event never left. */
  readonly outcome: Verdict["outcome"] | "Lost";
}

export interface DeliveryContext {
  readonly policy: DeliveryPolicy;
  readonly slots: Slots;
  readonly closing: AbortSignal;
  record(delivery: Delivery): void;
}

/** Rejects with an AbortError when Event Grid closes first. */
export async function deliver(
  event: Event,
  subscription: Subscription,
  { policy, slots, closing, record }: DeliveryContext,
): Promise<void> {
  const publishedAt = Date.now();
  for (let attempt = 1; ; attempt++) {
    const status = await slots.use(() =>
      post(event, subscription, attempt, policy.responseTimeoutInMilliseconds, closing),
    );
    closing.throwIfAborted();
    const at = new Date();
    const ageInMilliseconds = at.getTime() - publishedAt;
    const verdict = judge({ number: attempt, ageInMilliseconds, status }, policy);
    const { outcome } = verdict;
    record({ subscription: subscription.name, event, attempt, at, status, outcome });
    if (verdict.outcome !== "Retrying") return;
    await delay(verdict.afterMilliseconds, undefined, { signal: closing });
  }
}

/** The answer's status; undefined when there was none in time. */
async function post(
  event: Event,
  subscription: Subscription,
  attempt: number,
  timeout: number,
  closing: AbortSignal,
): Promise<number | undefined> {
  const { contentType, body } = envelope(event, subscription.schema);
  try {
    const response = await fetch(endpointOf(subscription), {
      method: "POST",
      headers: {
        "content-type": contentType,
        "aeg-event-type": "Notification",
        "aeg-subscription-name": subscription.name.toUpperCase(),
        "aeg-delivery-count": `${attempt - 1}`,
        "aeg-data-version": event.dataVersion,
        "aeg-metadata-version": "1",
      },
      body,
      redirect: "manual",
      signal: AbortSignal.any([closing, AbortSignal.timeout(timeout)]),
    });
    await response.body?.cancel();
    return response.status;
  } catch {
    return undefined;
  }
}
