/** What happens in a stack, in one shape whatever part of it reports: for the screen, and for the demo. */
import type { Delivery } from "../event-grid/delivery.ts";
import type { ResourceChange } from "../event-grid/resource-change.ts";
import type { CloudEvent } from "../notifications/cloud-event.ts";

export interface Activity {
  /** ISO 8601. */
  readonly at: string;
  readonly source: "arm" | "eventGrid" | "functions" | "notifications";
  /** An operation of ARM (or `restorePointReceived`), an outcome of a delivery, an event name of the app's telemetry, or the type of a notification. */
  readonly name: string;
  readonly fields: Readonly<Record<string, string>>;
}

export const activityOfChange = (change: ResourceChange): Activity => ({
  at: change.at.toISOString(),
  source: "arm",
  name: change.operationName,
  fields: { resourceId: change.resourceId, correlationId: change.correlationId },
});

export const activityOfDelivery = ({ event, at, outcome, ...rest }: Delivery): Activity => ({
  at: at.toISOString(),
  source: "eventGrid",
  name: outcome,
  fields: {
    resourceId: event.subject,
    type: event.type,
    attempt: `${rest.attempt}`,
    status: `${rest.status ?? "no answer"}`,
  },
});

export const activityOfNotification = (
  { id, type, subject = "" }: CloudEvent,
  at: Date,
): Activity => ({
  at: at.toISOString(),
  source: "notifications",
  name: type,
  fields: { resourceId: subject, id },
});

/** A line of the functions host that a function wrote: time, level, category, message. */
const USER_LINE = /^(\S+) \w+ +Function\.\w+\.User: (.*)$/;
/** `restorePointPlanned vm=… point=…`, as `src/lib/telemetry.ts` writes it. */
const TELEMETRY = /^([a-z]+[A-Z][A-Za-z]+)((?: \w+=(?:"(?:[^"\\]|\\.)*"|\S+))*)$/;
const FIELD = /(\w+)=("(?:[^"\\]|\\.)*"|\S+)/g;

/** Undefined for a line that does not hold the app's telemetry. */
export function activityOfLine(line: string): Activity | undefined {
  const [, at = "", message = ""] = USER_LINE.exec(line.trimEnd()) ?? [];
  const [, name, pairs = ""] = TELEMETRY.exec(message) ?? [];
  if (name === undefined) return undefined;
  const fields = Array.from(pairs.matchAll(FIELD), ([, key = "", value = ""]) => [
    key,
    unquoted(value),
  ]);
  return { at, source: "functions", name, fields: Object.fromEntries(fields) };
}

function unquoted(value: string): string {
  if (!value.startsWith('"')) return value;
  const text: unknown = JSON.parse(value);
  return String(text);
}
