/** An event subscription: which events go where, in which envelope. */
import type { DeliveryPolicy } from "./delivery-policy.ts";
import type { EventFilter } from "./filter.ts";

type Topic = "classic" | "resourceNotifications";
export type EventSchema = "EventGridSchema" | "CloudEventSchemaV1_0";

export interface Subscription {
  readonly name: string;
  /** `both`: its event types tell which. */
  readonly topic: Topic | "both";
  readonly schema: EventSchema;
  /** A function is asked before each attempt, for a webhook that has several addresses or moves. */
  readonly endpoint: string | (() => string);
  readonly filter?: EventFilter;
  /** The Azure subscription whose events it gets; left out: all. */
  readonly subscriptionId?: string;
  /** What differs from the policy of all. */
  readonly retryPolicy?: Partial<
    Pick<DeliveryPolicy, "maxDeliveryAttempts" | "timeToLiveInMilliseconds">
  >;
  readonly batching?: Batching;
  readonly deadLetterDestination?: DeadLetterDestination;
}

export interface Batching {
  readonly maxEvents: number;
  /** One event that is larger goes alone. */
  readonly preferredKilobytes: number;
}

interface DeadLetterDestination {
  /** ARM id of the storage account. */
  readonly resourceId: string;
  readonly container: string;
}

export const endpointOf = ({ endpoint }: Subscription): string =>
  typeof endpoint === "string" ? endpoint : endpoint();
