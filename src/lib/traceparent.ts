/** `traceparent`, as W3C Trace Context has it: https://www.w3.org/TR/trace-context/#traceparent-header */

const TRACEPARENT = /^00-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-[0-9a-f]{2}$/;

/** Where in a trace something is: the span that it belongs to. */
export interface SpanContext {
  readonly traceId: string;
  readonly spanId: string;
}

/** Undefined for what is none: whoever sent it is not told, as the specification wants it. */
export function spanContextOf(traceparent: string | null | undefined): SpanContext | undefined {
  const [, traceId, spanId] = TRACEPARENT.exec(traceparent ?? "") ?? [];
  return traceId === undefined || spanId === undefined ? undefined : { traceId, spanId };
}

export const traceIdOf = (traceparent: string | null | undefined): string | undefined =>
  spanContextOf(traceparent)?.traceId;

export const traceparentOf = ({ traceId, spanId }: SpanContext): string =>
  `00-${traceId}-${spanId}-01`;
