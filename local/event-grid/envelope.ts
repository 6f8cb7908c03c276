/** The two envelopes of Event Grid: its own schema in an array, and CloudEvents 1.0 as one object. */
import type { Event } from "./event.ts";
import type { EventSchema } from "./subscription.ts";

export interface Envelope {
  readonly contentType: string;
  readonly body: string;
}

export function envelope(event: Event, schema: EventSchema): Envelope {
  if (schema === "EventGridSchema")
    return {
      contentType: "application/json; charset=utf-8",
      body: JSON.stringify([eventGridEvent(event)]),
    };
  return {
    contentType: "application/cloudevents+json; charset=utf-8",
    body: JSON.stringify(cloudEvent(event)),
  };
}

/** One event in Event Grid's own schema. */
export function eventGridEvent(event: Event): object {
  const { type, time, ...rest } = event;
  return { ...rest, eventType: type, eventTime: time, metadataVersion: "1" };
}

function cloudEvent({ topic, dataVersion: _none, ...rest }: Event): object {
  return { ...rest, source: topic, specversion: "1.0" };
}
