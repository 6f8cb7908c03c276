import type { InvocationContext } from "@azure/functions";
import { type EventName, type Fields, type Log, lineOf } from "../lib/telemetry.ts";
import { noteEvent } from "../telemetry/note-event.ts";

/** The invocation's own log, so that its lines carry the invocation's id. */
export function logOf(context: InvocationContext): Log {
  const line = (event: EventName, fields: Fields) =>
    lineOf(event, noteEvent(event, fields, context.functionName));
  return {
    info: (event, fields) => context.info(line(event, fields)),
    warn: (event, fields) => context.warn(line(event, fields)),
    error: (event, fields) => context.error(line(event, fields)),
  };
}
