/** An event subscription: which events go where, in which envelope. */
import type { EventFilter } from "./filter.ts";

export type Topic = "classic" | "resourceNotifications";
export type EventSchema = "EventGridSchema" | "CloudEventSchemaV1_0";

export interface Subscription {
  readonly name: string;
  readonly topic: Topic;
  readonly schema: EventSchema;
  /** A function is asked before each attempt, for a webhook that has several addresses or moves. */
  readonly endpoint: string | (() => string);
  readonly filter?: EventFilter;
}

export const endpointOf = ({ endpoint }: Subscription): string =>
  typeof endpoint === "string" ? endpoint : endpoint();
