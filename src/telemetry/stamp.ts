import { activeTraceparent } from "./active-span.ts";

/** A message that goes on with the active trace, unless it goes on with one already. */
export function stamped<T extends object>(message: T): T {
  if ("traceparent" in message) return message;
  const traceparent = activeTraceparent();
  return traceparent === undefined ? message : { ...message, traceparent };
}
