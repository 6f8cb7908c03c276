/** Events of one subscription that wait for their first request, which takes as many as it may. */
import type { Event } from "./event.ts";
import type { Batching } from "./subscription.ts";

const ALONE: Batching = { maxEvents: 1, preferredKilobytes: 64 };

export class Outbox {
  readonly #events: Event[] = [];

  add(event: Event): void {
    this.#events.push(event);
  }

  /** None when an earlier request took them all. */
  take({ maxEvents, preferredKilobytes }: Batching = ALONE): Event[] {
    const taken: Event[] = [];
    let bytesLeft = preferredKilobytes * 1024;
    for (const event of this.#events) {
      bytesLeft -= Buffer.byteLength(JSON.stringify(event));
      if (taken.length >= maxEvents || (taken.length > 0 && bytesLeft < 0)) break;
      taken.push(event);
    }
    this.#events.splice(0, taken.length);
    return taken;
  }
}
