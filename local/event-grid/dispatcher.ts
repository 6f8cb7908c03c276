/** Brings each event to the subscriptions that want it, through whatever weather there is. */
import { classicEvent } from "./classic-event.ts";
import type { DeliveryContext } from "./delivery.ts";
import type { DeliveryFaults } from "./delivery-faults.ts";
import { type Event, subscriptionOf } from "./event.ts";
import { drops, duplicates, type EventFaults } from "./event-faults.ts";
import { passes } from "./filter.ts";
import type { ResourceChange } from "./resource-change.ts";
import { resourceNotification } from "./resource-notification.ts";
import type { Subscription } from "./subscription.ts";
import { Target } from "./target.ts";

interface Weather {
  readonly faults: DeliveryFaults;
  readonly eventFaults: EventFaults;
}

export class Dispatcher {
  readonly #context: DeliveryContext;
  readonly #weather: Weather;
  readonly #closing: AbortSignal;
  readonly #targets = new Map<string, Target>();
  readonly #underWay = new Set<Promise<void>>();

  constructor(context: DeliveryContext, weather: Weather, closing: AbortSignal) {
    this.#context = context;
    this.#weather = weather;
    this.#closing = closing;
  }

  register(id: string, subscription: Subscription): void {
    const target = this.#targets.get(id.toLowerCase());
    if (target) target.subscription = subscription;
    else this.#targets.set(id.toLowerCase(), new Target(subscription, this.#closing));
  }

  unregister(id: string): void {
    this.#targets.get(id.toLowerCase())?.stop();
    this.#targets.delete(id.toLowerCase());
  }

  publish(change: ResourceChange): void {
    if (this.#closing.aborted) return;
    // One event for each topic, so that all its subscriptions get the same id.
    const classic = classicEvent(change);
    const notification = resourceNotification(change);
    for (const target of this.#targets.values()) {
      const { topic } = target.subscription;
      if (topic !== "resourceNotifications") this.#offer(classic, target);
      if (topic !== "classic" && notification) this.#offer(notification, target);
    }
  }

  /** Resolves when nothing is on its way. */
  async idle(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.all(this.#underWay);
  }

  #offer(event: Event, target: Target): void {
    const { filter, schema, subscriptionId } = target.subscription;
    const elsewhere = subscriptionOf(event.subject).toLowerCase() !== subscriptionId?.toLowerCase();
    if (subscriptionId !== undefined && elsewhere) return;
    if (!passes(event, filter, schema)) return;
    const { faults, eventFaults } = this.#weather;
    if (faults.lose(event) || drops(eventFaults)) {
      this.#lose(event, target);
      return;
    }
    const copies = faults.copies(event) + duplicates(eventFaults);
    for (let copy = 0; copy < copies; copy++) this.#send(event, copy, target);
  }

  #send(event: Event, copy: number, target: Target): void {
    const { faults, eventFaults } = this.#weather;
    const delayInMilliseconds = faults.delayInMilliseconds(event, copy) + eventFaults.delayMs;
    const { reorder } = eventFaults;
    const sending = target
      .send(event, { delayInMilliseconds, reorder }, this.#context)
      .finally(() => this.#underWay.delete(sending));
    this.#underWay.add(sending);
  }

  #lose(event: Event, { subscription }: Target): void {
    this.#context.record({
      subscription: subscription.name,
      event,
      attempt: 1,
      at: new Date(this.#context.clock.now()),
      status: undefined,
      outcome: "Lost",
    });
  }
}
