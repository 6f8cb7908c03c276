/** What ties an answer to its lines in the log, and to what the caller knows of it. */
import type { HttpRequest, InvocationContext } from "@azure/functions";
import { traceIdOf, traceparentOf } from "../lib/traceparent.ts";
import { activeSpan } from "../telemetry/active-span.ts";
import { hashOf } from "./derived-ulid.ts";

interface TraceHeaders extends Record<string, string> {
  readonly "x-ms-request-id": string;
  readonly traceparent: string;
}

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export function traceHeaders(request: HttpRequest, context: InvocationContext): TraceHeaders {
  const clientId = request.headers.get("x-ms-client-request-id") ?? "";
  return {
    "x-ms-request-id": context.invocationId,
    traceparent: ownTraceparent(request, context),
    // Anything else is not worth writing back.
    ...(GUID.test(clientId) ? { "x-ms-client-request-id": clientId } : {}),
  };
}

/** The span that is recorded, or else the host's own, in the caller's trace. A host that traces nothing leaves it to us. */
function ownTraceparent(
  { headers }: HttpRequest,
  { traceContext, invocationId }: InvocationContext,
) {
  const recorded = activeSpan();
  if (recorded) return traceparentOf(recorded);
  const hosts = traceContext?.traceParent;
  if (hosts !== undefined && traceIdOf(hosts) !== undefined) return hosts;
  const own = hashOf(invocationId).toString("hex");
  const trace = traceIdOf(headers.get("traceparent")) ?? own.slice(0, 32);
  return `00-${trace}-${own.slice(32, 48)}-00`;
}
