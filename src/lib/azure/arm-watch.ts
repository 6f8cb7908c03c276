/** Tells of each request to ARM, at the one place that all of them pass: the pipeline of the client. */
import type { PipelinePolicy, PipelineResponse } from "@azure/core-rest-pipeline";
import { failureIn } from "./arm-failure.ts";

/** A request by what it does, never by its URL: that of an operation's status opens what the operation made. */
export interface ArmCall {
  readonly method: string;
  /** Types without names, as in `Microsoft.Compute/restorePointCollections/restorePoints`, and the action of a POST. */
  readonly type: string;
  readonly host: string;
}

export interface ArmCallEnd {
  /** Absent when there was no answer. */
  readonly status?: number;
  /** ARM's, or what kept the answer from coming. */
  readonly code?: string | undefined;
  readonly requestId?: string | undefined;
  readonly correlationId?: string | undefined;
}

/** Begins to watch a request; undefined: nobody wants to know. */
export type WatchArm = (call: ArmCall) =>
  | {
      /** For ARM, so that the request belongs to the trace. */
      readonly traceparent: string;
      end(outcome: ArmCallEnd): void;
    }
  | undefined;

export const watchPolicy = (watch: WatchArm): PipelinePolicy => ({
  name: "watch",
  async sendRequest(request, next) {
    const watched = watch(armCallOf(request.method, request.url));
    if (watched === undefined) return await next(request);
    request.headers.set("traceparent", watched.traceparent);
    try {
      const response = await next(request);
      watched.end(endOf(response));
      return response;
    } catch (error) {
      watched.end({ code: error instanceof Error ? error.name : typeof error });
      throw error;
    }
  },
});

function endOf(response: PipelineResponse): ArmCallEnd {
  const { status, headers } = response;
  return {
    status,
    ...(status >= 400 ? { code: failureIn(response).error.code } : {}),
    requestId: headers.get("x-ms-request-id"),
    correlationId: headers.get("x-ms-correlation-request-id"),
  };
}

/** Exported for its test. */
export function armCallOf(method: string, url: string): ArmCall {
  const { pathname, host } = new URL(url);
  const segments = pathname.split("/").filter((segment) => segment !== "");
  const provider = segments.findLastIndex((segment) => segment.toLowerCase() === "providers");
  // Types and names take turns; behind `providers` a namespace comes first.
  const [namespace = [], from = 0] = provider < 0 ? [] : [[segments[provider + 1]], provider + 2];
  const types = segments.slice(from).filter((_, index) => index % 2 === 0);
  return { method, host, type: [...namespace, ...types].map(typeOf).join("/") };
}

/** ARM's own URLs may have anything in them, and what is no name of a type is not told. */
const typeOf = (segment = ""): string => (/^[a-z][a-z.]{0,63}$/i.test(segment) ? segment : "…");
