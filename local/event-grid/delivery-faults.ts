/** Knobs for what Event Grid does to events in bad weather. Each may be changed at any time. */
import type { Event } from "./event.ts";

export interface DeliveryFaults {
  /** How often each event is sent: 1, or more for duplicates. */
  copies: (event: Event) => number;
  /** How long a copy is held back; different values reorder events. */
  delayInMilliseconds: (event: Event, copy: number) => number;
  /** Events that nobody ever hears of. */
  lose: (event: Event) => boolean;
}

export const fairWeather = (): DeliveryFaults => ({
  copies: () => 1,
  delayInMilliseconds: () => 0,
  lose: () => false,
});
