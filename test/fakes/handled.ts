/** A handler behind the reading of its request, as its frame calls it. What it answers is held against the OpenAPI document. */
import type { HttpRequest, HttpResponseInit } from "@azure/functions";
import { callOf, type Handler, type Invocation } from "../../src/functions/call.ts";
import { securityHeaders } from "../../src/functions/security-headers.ts";
import type { Caller } from "../../src/lib/api/caller.ts";
import type { Route } from "../../src/lib/api/route.ts";
import type { Log } from "../../src/lib/telemetry.ts";
import { expectDescribed } from "../described/expect-described.ts";

export const handled =
  <R extends Route>(route: R, handler: Handler<R>) =>
  async (
    request: HttpRequest,
    caller: Caller,
    log: Log,
    invocation: Invocation,
  ): Promise<HttpResponseInit> => {
    const call = await callOf(route, request, caller, log, invocation);
    const { status, headers = {}, body }: Answered = await handler(call);
    expectDescribed({
      ...{ operation: route.name, status: Number(status), body },
      // The frame adds them to every answer.
      headers: {
        ...securityHeaders,
        ...headers,
        ...{ "x-ms-request-id": invocation.id, traceparent: "" },
      },
    });
    return {
      status: Number(status),
      ...(Object.keys(headers).length > 0 ? { headers } : {}),
      ...(body === undefined ? {} : { jsonBody: body }),
    };
  };

interface Answered {
  readonly status: PropertyKey;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly body?: unknown;
}
