/**
 * The frame of every route: caller check, the request as the route describes it, headers, errors. A handler behind it
 * gets a caller who may do the action, and answers with a body or throws an `ApiError`.
 */
import type { HttpHandler, HttpRequest, HttpResponseInit } from "@azure/functions";
import { type Caller, callerOf, demand, demandRate } from "../lib/api/caller.ts";
import { corsHeaders } from "../lib/api/cors.ts";
import { demandVersion } from "../lib/api/read-query.ts";
import type { Route } from "../lib/api/route.ts";
import { RESULT } from "../lib/repeatability/repeatability-headers.ts";
import { traceIdOf } from "../lib/traceparent.ts";
import type { Services } from "../services.ts";
import { callOf, type Handler, type Invocation } from "./call.ts";
import { errorAnswer } from "./error-answer.ts";
import { logOf } from "./log-of.ts";
import { send } from "./outputs.ts";
import { securityHeaders } from "./security-headers.ts";
import { traceHeaders } from "./trace-headers.ts";

type CheckDeps = Pick<Services, "authenticate" | "partners" | "rateLimit" | "now" | "corsOrigins">;

export const checked =
  <R extends Route>(services: CheckDeps, route: R, handler: Handler<R>): HttpHandler =>
  async (request, context) => {
    const began = services.now();
    const log = logOf(context);
    const trace = traceHeaders(request, context);
    let caller: Caller | undefined;
    let repeatability = {};
    let answer: HttpResponseInit;
    try {
      caller = await admit(services, route, request);
      const invocation: Invocation = {
        id: context.invocationId,
        send: (followUp) => send(context, followUp),
      };
      const call = await callOf(route, request, caller, log, invocation);
      // Unless an error says otherwise.
      if (call.repeatability) repeatability = { [RESULT]: "accepted" };
      answer = answerOf(await handler(call));
    } catch (error) {
      answer = errorAnswer(error, log);
    }
    const headers = { ...repeatability, ...answer.headers } as Readonly<Record<string, string>>;
    log.info("requestServed", {
      request: context.invocationId,
      operation: route.name,
      status: answer.status,
      code: headers["x-ms-error-code"],
      ms: services.now().getTime() - began.getTime(),
      by: caller?.id,
      trace: traceIdOf(trace.traceparent),
    });
    const cors = corsHeaders(services.corsOrigins, request.headers.get("origin"));
    return { ...answer, headers: { ...securityHeaders, ...cors, ...trace, ...headers } };
  };

/** Throws unless the caller may do what the route does. */
async function admit(
  { authenticate, partners, rateLimit, now }: CheckDeps,
  route: Route,
  request: HttpRequest,
): Promise<Caller> {
  const principal = await authenticate(request.headers.get("authorization"));
  const caller = await callerOf(principal, (clientId) => partners.find(clientId, now()));
  demandRate(caller, rateLimit, now());
  demand(caller, route.action);
  demandVersion(new URL(request.url).searchParams);
  return caller;
}

interface Answered {
  readonly status: PropertyKey;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly body?: unknown;
}

const answerOf = ({ status, headers = {}, body }: Answered): HttpResponseInit => ({
  status: Number(status),
  headers: { ...headers },
  ...(body === undefined ? {} : { jsonBody: body }),
});
