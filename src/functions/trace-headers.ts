/** What ties an answer to its lines in the log, and to what the caller knows of it. */
import type { HttpRequest, InvocationContext } from "@azure/functions";
import { traceIdOf } from "../lib/traceparent.ts";
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
    traceparent: traceparentOf(request, context),
    // Anything else is not worth writing back.
    ...(GUID.test(clientId) ? { "x-ms-client-request-id": clientId } : {}),
  };
}

/** The host's own span, in the caller's trace. A host that traces nothing leaves it to us. */
function traceparentOf(
  { headers }: HttpRequest,
  { traceContext, invocationId }: InvocationContext,
) {
  const hosts = traceContext?.traceParent;
  if (hosts !== undefined && traceIdOf(hosts) !== undefined) return hosts;
  const own = hashOf(invocationId).toString("hex");
  const trace = traceIdOf(headers.get("traceparent")) ?? own.slice(0, 32);
  return `00-${trace}-${own.slice(32, 48)}-00`;
}
