import { type Attributes, SpanKind, SpanStatusCode } from "@opentelemetry/api";
import { millisToHrTime } from "@opentelemetry/core";
import type { Resource } from "@opentelemetry/resources";
import type { ReadableSpan } from "@opentelemetry/sdk-trace-base";
import type { Span } from "../span.ts";

const KINDS = {
  server: SpanKind.SERVER,
  consumer: SpanKind.CONSUMER,
  client: SpanKind.CLIENT,
} as const satisfies Record<Span["kind"], SpanKind>;

const SAMPLED = 1;
const SCOPE = { name: "vm-restore-points" };

/** A span of ours as OpenTelemetry's exporters read it. */
export function readableSpanOf(span: Span, resource: Resource): ReadableSpan {
  const { traceId, spanId, parentSpanId, name, kind, startedAt, endedAt, ok } = span;
  const context = { traceId, spanId, traceFlags: SAMPLED };
  return {
    name,
    kind: KINDS[kind],
    spanContext: () => context,
    ...(parentSpanId === undefined
      ? {}
      : {
          parentSpanContext: { traceId, spanId: parentSpanId, traceFlags: SAMPLED, isRemote: true },
        }),
    startTime: millisToHrTime(startedAt),
    endTime: millisToHrTime(endedAt),
    duration: millisToHrTime(endedAt - startedAt),
    status: { code: ok ? SpanStatusCode.OK : SpanStatusCode.ERROR },
    attributes: attributesOf(span),
    links: [],
    events: [],
    ended: true,
    resource,
    instrumentationScope: SCOPE,
    droppedAttributesCount: 0,
    droppedEventsCount: 0,
    droppedLinksCount: 0,
  };
}

/**
 * Application Insights names a request by its operation, which only those of HTTP have by themselves, and counts a span for
 * all those that it stands for.
 */
const attributesOf = ({ kind, name, percent, attributes }: Span): Attributes => ({
  ...attributes,
  "microsoft.sample_rate": percent,
  ...(kind === "client" ? {} : { "ai.operation.name": name }),
});
