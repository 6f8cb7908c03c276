import type { InvocationContext } from "@azure/functions";
import { type Log, lineOf } from "../lib/telemetry.ts";

/** The invocation's own log, so that its lines carry the invocation's id. */
export const logOf = (context: InvocationContext): Log => ({
  info: (event, fields) => context.info(lineOf(event, fields)),
  warn: (event, fields) => context.warn(lineOf(event, fields)),
  error: (event, fields) => context.error(lineOf(event, fields)),
});
