/** W3C trace context: an invocation is a new span, in the caller's trace if there is one. */
import { randomBytes } from "node:crypto";

const TRACE_PARENT = /^00-([0-9a-f]{32})-[0-9a-f]{16}-([0-9a-f]{2})$/;

export function newTraceParent(caller?: string): string {
  const match = TRACE_PARENT.exec(caller ?? "");
  const trace = match?.[1] ?? randomBytes(16).toString("hex");
  return `00-${trace}-${randomBytes(8).toString("hex")}-${match?.[2] ?? "01"}`;
}
