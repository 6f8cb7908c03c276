/** The two envelopes of Event Grid: its own schema in an array, and CloudEvents 1.0 as one object or in a batch. */
import type { Event } from "./event.ts";
import type { EventSchema } from "./subscription.ts";

export interface Envelope {
  readonly contentType: string;
  readonly body: string;
}

/** `batched`: the subscription takes batches, even if there is but one event now. */
export function envelope(
  events: readonly Event[],
  schema: EventSchema,
  batched: boolean = false,
): Envelope {
  if (schema === "EventGridSchema")
    return {
      contentType: "application/json; charset=utf-8",
      body: JSON.stringify(events.map(eventGridEvent)),
    };
  const cloudEvents = events.map(cloudEvent);
  return {
    contentType: `application/cloudevents${batched ? "-batch" : ""}+json; charset=utf-8`,
    body: JSON.stringify(batched ? cloudEvents : cloudEvents[0]),
  };
}

/** One event in Event Grid's own schema. */
export function eventGridEvent(event: Event): object {
  const { type, time, ...rest } = event;
  return { ...rest, eventType: type, eventTime: time, metadataVersion: "1" };
}

/** One event as a CloudEvent. */
export function cloudEvent({ topic, dataVersion: _none, ...rest }: Event): object {
  return { ...rest, source: topic, specversion: "1.0" };
}
