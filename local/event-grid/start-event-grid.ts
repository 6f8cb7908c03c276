/**
 * Event Grid for one machine: turns what the ARM emulator reports into Azure's events, and delivers them
 * to webhooks at least once, in no order, each independent of all others.
 */
import { randomUUID } from "node:crypto";
import { Clock } from "../arm/clock.ts";
import type { DeadLetters } from "./dead-letter.ts";
import type { Delivery } from "./delivery.ts";
import { type DeliveryFaults, fairWeather } from "./delivery-faults.ts";
import { azureDeliveryPolicy, type DeliveryPolicy } from "./delivery-policy.ts";
import { Dispatcher } from "./dispatcher.ts";
import { changeEventFaults, type EventFaults, noEventFaults } from "./event-faults.ts";
import { type Handshake, shakeHands } from "./handshake.ts";
import type { ResourceChange } from "./resource-change.ts";
import type { Subscription } from "./subscription.ts";

/** Enough for any test; a stack that runs for weeks must not keep every event it ever sent. */
const KEPT_DELIVERIES = 10_000;

export interface EventGridOptions {
  /** What differs from Azure's own rules; tests and the local stack shorten the retry schedule. */
  readonly policy?: Partial<DeliveryPolicy>;
  readonly faults?: Partial<DeliveryFaults>;
  readonly onDelivery?: (delivery: Delivery) => void;
  /** Left out: one of its own, which nobody advances. */
  readonly clock?: Clock;
  /** Left out: what is given up is dropped, whatever the subscription wants. */
  readonly deadLetters?: DeadLetters;
}

export interface EventGrid {
  /** Returns at once; delivery goes on in the background. */
  publish(change: ResourceChange): void;
  /** Resolves after the handshake with the webhook, throws when it fails. */
  subscribe(subscription: Subscription): Promise<void>;
  /** Asks the webhook whether it wants the events; `callbackUrl` is where it may answer later. */
  shakeHands(subscription: Subscription, callbackUrl?: string): Promise<Handshake>;
  /** Without a handshake. One under the same id is replaced, and what is on its way goes to the new one. */
  register(id: string, subscription: Subscription): void;
  /** Nothing goes there any more. */
  unregister(id: string): void;
  /** The latest attempts, oldest first. */
  readonly deliveries: readonly Delivery[];
  /** Bad weather as tests want it, and as settings. */
  readonly faults: DeliveryFaults;
  readonly eventFaults: Readonly<EventFaults>;
  /** What is left out of `change` stays. Throws with the name of what is wrong. */
  changeEventFaults(change: unknown): void;
  /** Resolves when nothing is on its way, waiting retries and dead letters included. */
  idle(): Promise<void>;
  /** Stops every delivery, and resolves when none is left. */
  close(): Promise<void>;
}

export function startEventGrid(options: EventGridOptions = {}): EventGrid {
  const policy = { ...azureDeliveryPolicy, ...options.policy };
  const faults = { ...fairWeather(), ...options.faults };
  const eventFaults = noEventFaults();
  const clock = options.clock ?? new Clock();
  const closer = new AbortController();
  const deliveries: Delivery[] = [];

  const record = (delivery: Delivery) => {
    deliveries.push(delivery);
    if (deliveries.length > KEPT_DELIVERIES) deliveries.shift();
    options.onDelivery?.(delivery);
  };
  const context = { clock, policy, deadLetters: options.deadLetters, record };
  const dispatcher = new Dispatcher(context, { faults, eventFaults }, closer.signal);
  const greet = async (subscription: Subscription, callbackUrl?: string) =>
    await shakeHands(subscription, {
      at: new Date(clock.now()),
      signal: closer.signal,
      timeoutInMilliseconds: policy.responseTimeoutInMilliseconds,
      callbackUrl,
    });

  return {
    publish: (change) => dispatcher.publish(change),
    subscribe: async (subscription) => {
      const handshake = await greet(subscription);
      if (handshake.outcome === "Refused") {
        const { name } = subscription;
        throw new Error(`The webhook of event subscription "${name}" ${handshake.reason}.`);
      }
      dispatcher.register(randomUUID(), subscription);
    },
    shakeHands: greet,
    register: (id, subscription) => dispatcher.register(id, subscription),
    unregister: (id) => dispatcher.unregister(id),
    deliveries,
    faults,
    eventFaults,
    changeEventFaults: (change) => changeEventFaults(eventFaults, change),
    idle: () => dispatcher.idle(),
    close: async () => {
      closer.abort();
      await dispatcher.idle();
      if (options.clock === undefined) clock.close();
    },
  };
}
