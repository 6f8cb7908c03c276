/** Each request to ARM is a span below the invocation that sends it. */
import type { ArmCall, ArmCallEnd, WatchArm } from "../lib/azure/arm-watch.ts";
import { metrics } from "../lib/metrics.ts";
import type { Span } from "../lib/span.ts";
import { traceparentOf } from "../lib/traceparent.ts";
import { activeSpan, newId } from "./active-span.ts";

export const watchArm: WatchArm = (call) => {
  const active = activeSpan();
  if (active === undefined) return undefined;
  const { recorder, traceId, spanId: parentSpanId, percent } = active;
  const spanId = newId(8);
  const name = `${call.method} ${call.type}`;
  const startedAt = Date.now();
  return {
    traceparent: traceparentOf({ traceId, spanId }),
    end: (outcome) => {
      const { status = 0 } = outcome;
      if (status === 429) {
        recorder.measure({
          metric: metrics.armThrottled,
          value: 1,
          attributes: { operation: name },
        });
      }
      recorder.span({
        ...{ traceId, spanId, parentSpanId, name, kind: "client", percent },
        startedAt,
        endedAt: Date.now(),
        attributes: attributesOf(call, outcome),
        ok: status > 0 && status < 400,
      });
    },
  };
};

const attributesOf = (
  { method, host }: ArmCall,
  { status, code, requestId, correlationId }: ArmCallEnd,
): Span["attributes"] => ({
  "http.request.method": method,
  "server.address": host,
  ...(status === undefined ? {} : { "http.response.status_code": status }),
  ...(code === undefined ? {} : { code }),
  ...(requestId === undefined ? {} : { "az.service_request_id": requestId }),
  ...(correlationId === undefined ? {} : { "az.correlation_request_id": correlationId }),
});
