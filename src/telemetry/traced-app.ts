/** Registers each function so that an invocation of it is a span. */
import type { FunctionResult, HttpHandler, InvocationContext } from "@azure/functions";
import type { App } from "../app.ts";
import type { Span } from "../lib/span.ts";
import { activeSpan, inSpan } from "./active-span.ts";
import type { Recorder } from "./recorder.ts";

/**
 * Functions that start the work of many VMs. Each of their messages begins a trace of its own: one trace for all of it
 * would be too long for anybody to read.
 */
const OF_MANY: ReadonlySet<string> = new Set([
  ...["DueVms", "CleanUp", "FindBreaches", "ReconcileFleet", "SweepGrants", "SweepOperations"],
  ...["PlanFleet", "ReconcilePage"],
]);

export function tracedApp(app: App, recorder: Recorder): App {
  const traced =
    <Input, R>(
      name: string,
      kind: Span["kind"],
      handler: (input: Input, context: InvocationContext) => FunctionResult<R>,
    ) =>
    (input: Input, context: InvocationContext): Promise<R> => {
      const parent = parentIn(input) ?? context.traceContext?.traceParent;
      const attributes = { "faas.invocation_id": context.invocationId };
      const beginning = { name, kind, parent, goesOn: !OF_MANY.has(name), attributes };
      return inSpan(recorder, beginning, () => handler(input, context));
    };
  return {
    eventGrid: (name, options) =>
      app.eventGrid(name, { ...options, handler: traced(name, "consumer", options.handler) }),
    storageQueue: (name, options) =>
      app.storageQueue(name, { ...options, handler: traced(name, "consumer", options.handler) }),
    timer: (name, options) =>
      app.timer(name, { ...options, handler: traced(name, "server", options.handler) }),
    http: (name, options) =>
      app.http(name, { ...options, handler: traced(name, "server", answered(options.handler)) }),
  };
}

/** Notes what was asked and how it was answered. */
const answered =
  (handler: HttpHandler): HttpHandler =>
  async (request, context) => {
    const answer = await handler(request, context);
    const active = activeSpan();
    if (active) {
      const { status = 200 } = answer;
      active.attributes["http.request.method"] = request.method;
      active.attributes["http.response.status_code"] = status;
      active.ok = status < 500;
    }
    return answer;
  };

/** A message's own. What the host gives a message is the beginning of a trace. */
function parentIn(input: unknown): string | undefined {
  if (typeof input !== "object" || input === null || !("traceparent" in input)) return undefined;
  return typeof input.traceparent === "string" ? input.traceparent : undefined;
}
