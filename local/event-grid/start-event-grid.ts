/**
 * Event Grid for one machine: turns what the ARM emulator reports into Azure's events, and delivers them
 * to webhooks at least once, in no order, each independent of all others.
 */
import { setTimeout as delay } from "node:timers/promises";
import { classicEvent } from "./classic-event.ts";
import { type Delivery, deliver } from "./delivery.ts";
import { type DeliveryFaults, fairWeather } from "./delivery-faults.ts";
import { azureDeliveryPolicy, type DeliveryPolicy } from "./delivery-policy.ts";
import type { Event } from "./event.ts";
import { passes } from "./filter.ts";
import { shakeHands } from "./handshake.ts";
import type { ResourceChange } from "./resource-change.ts";
import { resourceNotification } from "./resource-notification.ts";
import { createSlots, type Slots } from "./slots.ts";
import type { Subscription, Topic } from "./subscription.ts";

const CONCURRENT_REQUESTS = 64;
/** Enough for any test; a stack that runs for weeks must not keep every event it ever sent. */
const KEPT_DELIVERIES = 10_000;

export interface EventGridOptions {
  /** What differs from Azure's own rules; tests and the local stack shorten the retry schedule. */
  readonly policy?: Partial<DeliveryPolicy>;
  readonly faults?: Partial<DeliveryFaults>;
  readonly onDelivery?: (delivery: Delivery) => void;
}

export interface EventGrid {
  /** Returns at once; delivery goes on in the background. */
  publish(change: ResourceChange): void;
  /** Resolves after the handshake with the webhook, throws when it fails. */
  subscribe(subscription: Subscription): Promise<void>;
  /** The latest attempts, oldest first. */
  readonly deliveries: readonly Delivery[];
  readonly faults: DeliveryFaults;
  /** Resolves when nothing is on its way, waiting retries included. */
  idle(): Promise<void>;
  /** Stops every delivery, and resolves when none is left. */
  close(): Promise<void>;
}

interface Subscribed {
  readonly subscription: Subscription;
  readonly slots: Slots;
}

export function startEventGrid(options: EventGridOptions = {}): EventGrid {
  const policy = { ...azureDeliveryPolicy, ...options.policy };
  const faults = { ...fairWeather(), ...options.faults };
  const closer = new AbortController();
  const closing = closer.signal;
  const subscribed: Subscribed[] = [];
  const deliveries: Delivery[] = [];
  const underWay = new Set<Promise<void>>();

  const record = (delivery: Delivery) => {
    deliveries.push(delivery);
    if (deliveries.length > KEPT_DELIVERIES) deliveries.shift();
    options.onDelivery?.(delivery);
  };
  const send = (event: Event, copy: number, { subscription, slots }: Subscribed) => {
    const sending = delay(faults.delayInMilliseconds(event, copy), undefined, { signal: closing })
      .then(() => deliver(event, subscription, { policy, slots, closing, record }))
      .catch(unlessClosing(closing))
      .finally(() => underWay.delete(sending));
    underWay.add(sending);
  };
  const idle = async () => {
    while (underWay.size > 0) await Promise.all(underWay);
  };
  const offer = (event: Event, target: Subscribed) => {
    if (!passes(event, target.subscription.filter)) return;
    if (faults.lose(event)) record(lost(event, target.subscription));
    else for (let copy = 0; copy < faults.copies(event); copy++) send(event, copy, target);
  };

  return {
    publish: (change) => {
      if (closing.aborted) return;
      const events = eventsOf(change);
      for (const target of subscribed) {
        const event = events[target.subscription.topic];
        if (event) offer(event, target);
      }
    },
    subscribe: async (subscription) => {
      const timeout = AbortSignal.timeout(policy.responseTimeoutInMilliseconds);
      await shakeHands(subscription, AbortSignal.any([closing, timeout]));
      subscribed.push({ subscription, slots: createSlots(CONCURRENT_REQUESTS) });
    },
    deliveries,
    faults,
    idle,
    close: async () => {
      closer.abort();
      await idle();
    },
  };
}

/** One event for each topic, so that all its subscriptions get the same id. */
function eventsOf(change: ResourceChange): Record<Topic, Event | undefined> {
  return { classic: classicEvent(change), resourceNotifications: resourceNotification(change) };
}

const lost = (event: Event, { name }: Subscription): Delivery => ({
  subscription: name,
  event,
  attempt: 1,
  at: new Date(),
  status: undefined,
  outcome: "Lost",
});

function unlessClosing(closing: AbortSignal) {
  return (error: unknown) => {
    if (!closing.aborted) throw error;
  };
}
