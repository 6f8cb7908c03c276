/** What a line of the log means for the trace and the metrics. */
import { measurementsOf } from "../lib/measurements.ts";
import type { EventName, Fields } from "../lib/telemetry.ts";
import { activeSpan } from "./active-span.ts";

/** Measures what has happened; returns the fields of the line, with the trace that finds all other lines and spans. */
export function noteEvent(event: EventName, fields: Fields, functionName: string): Fields {
  const active = activeSpan();
  if (active === undefined) return fields;
  active.recorder.measure(...measurementsOf(event, fields, functionName));
  if (active.goesOn) {
    for (const id of ["vm", "operation", "grant"] as const) {
      const value = fields[id];
      if (value !== undefined) active.attributes[id] ??= value;
    }
  }
  return { ...fields, trace: active.traceId };
}
