import type { EventGridHandler } from "@azure/functions";
import { readEvent } from "../lib/events/resource-event.ts";
import { logOf } from "./log-of.ts";
import { send } from "./outputs.ts";

/** Acknowledges every event at once: what it means is found out by planning the VM. */
export const resourceChanged: EventGridHandler = (event, context) => {
  const reading = readEvent(event);
  if (reading.kind === "ignored") {
    logOf(context).info("eventIgnored", { event: reading.eventId, reason: reading.reason });
    return;
  }
  const { vm, what, eventId, happened } = reading;
  logOf(context).info("vmChanged", { vm, what, event: eventId });
  send(context, { plan: [{ vm, ...(happened ? { happened } : {}) }] });
};
