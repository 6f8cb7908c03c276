/** An event subscription in force: what is sent to it, and what bad weather does to that. */
import { setImmediate as nextTurn } from "node:timers/promises";
import { type DeliveryContext, deliver } from "./delivery.ts";
import type { Event } from "./event.ts";
import { Outbox } from "./outbox.ts";
import { Overtaking } from "./overtaking.ts";
import { createSlots } from "./slots.ts";
import type { Subscription } from "./subscription.ts";
import { wait } from "./wait.ts";

const CONCURRENT_REQUESTS = 64;

interface Weather {
  readonly delayInMilliseconds: number;
  readonly reorder: boolean;
}

export class Target {
  /** May be replaced: attempts that come later go by the new one. */
  subscription: Subscription;
  readonly slots = createSlots(CONCURRENT_REQUESTS);
  readonly signal: AbortSignal;
  readonly #stopper = new AbortController();
  readonly #outbox = new Outbox();
  readonly #overtaking = new Overtaking();

  constructor(subscription: Subscription, closing: AbortSignal) {
    this.subscription = subscription;
    this.signal = AbortSignal.any([closing, this.#stopper.signal]);
  }

  /** Nothing goes there any more, not even what is on its way. */
  stop(): void {
    this.#stopper.abort();
  }

  /** Resolves when the event was delivered or given up, or when nothing is to go there any more. */
  async send(event: Event, weather: Weather, context: DeliveryContext): Promise<void> {
    try {
      await wait(context.clock, weather.delayInMilliseconds, this.signal);
      const tried = weather.reorder
        ? await this.#overtaking.turn(context.clock, this.signal)
        : () => undefined;
      this.#outbox.add(event);
      const events = await this.#takeBatch();
      if (events.length === 0) tried();
      else await deliver(events, this, context, tried);
    } catch (error) {
      if (!this.signal.aborted) throw error;
    }
  }

  /** Waits for a request that may be made, so that a batch gathers meanwhile what is published. */
  async #takeBatch(): Promise<Event[]> {
    const { batching } = this.subscription;
    if (batching === undefined) return this.#outbox.take();
    await nextTurn();
    return await this.slots.use(async () => this.#outbox.take(batching));
  }
}
