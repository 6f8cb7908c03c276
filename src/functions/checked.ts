/**
 * The frame of every route: caller check, the request as the route describes it, headers, errors. A handler behind it
 * gets a caller who may do the action, and answers with a body or throws an `ApiError`.
 */
import type { HttpHandler, HttpResponseInit, InvocationContext } from "@azure/functions";
import { ApiError } from "../lib/api/api-error.ts";
import { callerOf, demand } from "../lib/api/caller.ts";
import { demandVersion } from "../lib/api/read-query.ts";
import type { Route } from "../lib/api/route.ts";
import { RESULT } from "../lib/repeatability/repeatability-headers.ts";
import type { Services } from "../services.ts";
import { callOf, type Handler, type Invocation } from "./call.ts";
import { logOf } from "./log-of.ts";
import { send } from "./outputs.ts";

type CheckDeps = Pick<Services, "authenticate" | "partners" | "now">;

export const checked =
  <R extends Route>(
    { authenticate, partners, now }: CheckDeps,
    route: R,
    handler: Handler<R>,
  ): HttpHandler =>
  async (request, context) => {
    // Of a request that is repeatable, and was not rejected as such.
    let repeatability = {};
    try {
      const principal = await authenticate(request.headers.get("authorization"));
      const caller = await callerOf(principal, (clientId) => partners.find(clientId, now()));
      demand(caller, route.action);
      demandVersion(new URL(request.url).searchParams);
      const invocation: Invocation = {
        id: context.invocationId,
        send: (followUp) => send(context, followUp),
      };
      const call = await callOf(route, request, caller, logOf(context), invocation);
      if (call.repeatability) repeatability = { [RESULT]: "accepted" };
      return withHeaders(answerOf(await handler(call)), context, repeatability);
    } catch (error) {
      return withHeaders(errorAnswer(error, context), context, repeatability);
    }
  };

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

function errorAnswer(error: unknown, context: InvocationContext): HttpResponseInit {
  if (error instanceof ApiError) {
    const { status, code, message, target, details, headers } = error;
    if (status === 401 || status === 403) logOf(context).warn("callerRefused", { status, code });
    return {
      status,
      headers: { ...headers, "x-ms-error-code": code },
      jsonBody: {
        error: { code, message, ...(target ? { target } : {}), ...(details ? { details } : {}) },
      },
    };
  }
  logOf(context).error("requestFailed", {
    reason: error instanceof Error ? error.message : String(error),
  });
  const code = "InternalError";
  const message = "Something failed on our side. Quote x-ms-request-id to the operator.";
  return {
    status: 500,
    headers: { "x-ms-error-code": code },
    jsonBody: { error: { code, message } },
  };
}

function withHeaders(
  answer: HttpResponseInit,
  context: InvocationContext,
  more: Readonly<Record<string, string>>,
): HttpResponseInit {
  return {
    ...answer,
    headers: {
      "Cache-Control": "no-store",
      "X-Content-Type-Options": "nosniff",
      "x-ms-request-id": context.invocationId,
      ...more,
      ...answer.headers,
    },
  };
}
