/** One step of a trace, as plain data: an invocation of a function, or a request to Azure within it. */
import type { SpanContext } from "./traceparent.ts";

/** All that a span may tell. What is not in this list is in no trace, so that no SAS, token or address with one is. */
export type SpanAttribute =
  | "az.correlation_request_id"
  | "az.service_request_id"
  /** ARM's code, or the name of the error that a function failed with. `error.type` would not get through the exporter. */
  | "code"
  | "faas.invocation_id"
  | "grant"
  | "http.request.method"
  | "http.response.status_code"
  | "operation"
  | "server.address"
  | "vm";

export interface Span extends SpanContext {
  readonly parentSpanId?: string | undefined;
  readonly name: string;
  /** `server`: an HTTP request or a timer; `consumer`: a message or an event; `client`: a request of ours. */
  readonly kind: "server" | "consumer" | "client";
  /** In milliseconds since 1970. */
  readonly startedAt: number;
  readonly endedAt: number;
  readonly attributes: Readonly<Partial<Record<SpanAttribute, string | number>>>;
  readonly ok: boolean;
  /** Of all spans like it, how many are recorded: it stands for the others. */
  readonly percent: number;
}
