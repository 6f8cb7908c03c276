/**
 * The frame of every route: caller check, API version, headers, errors. A handler behind it gets a caller who may
 * do the action, and answers with a body or throws an `ApiError`.
 */
import type {
  HttpHandler,
  HttpRequest,
  HttpResponseInit,
  InvocationContext,
} from "@azure/functions";
import { ApiError } from "../lib/api/api-error.ts";
import { type Action, type Caller, callerOf, demand } from "../lib/api/caller.ts";
import type { FollowUp } from "../lib/operations/messages.ts";
import type { Log } from "../lib/telemetry.ts";
import { apiVersions } from "../names.ts";
import type { Services } from "../services.ts";
import { logOf } from "./log-of.ts";
import { send } from "./outputs.ts";

/** What a handler may need of the invocation. */
export interface Invocation {
  /** Is the answer's `x-ms-request-id`. */
  readonly id: string;
  /** Puts messages on the queues, once the handler has answered. */
  send(followUp: FollowUp): void;
}

export type CheckedHandler = (
  request: HttpRequest,
  caller: Caller,
  log: Log,
  invocation: Invocation,
) => Promise<HttpResponseInit>;

export const checked =
  (
    { authenticate, partners, now }: Pick<Services, "authenticate" | "partners" | "now">,
    action: Action,
    handler: CheckedHandler,
  ): HttpHandler =>
  async (request, context) => {
    try {
      const principal = await authenticate(request.headers.get("authorization"));
      const caller = await callerOf(principal, (clientId) => partners.find(clientId, now()));
      demand(caller, action);
      demandVersion(request);
      const invocation: Invocation = {
        id: context.invocationId,
        send: (followUp) => send(context, followUp),
      };
      const answer = await handler(request, caller, logOf(context), invocation);
      return withHeaders(answer, context);
    } catch (error) {
      return withHeaders(errorAnswer(error, context), context);
    }
  };

function demandVersion(request: HttpRequest): void {
  const version = request.query.get("api-version");
  const supported = apiVersions.join(", ");
  if (version === null) {
    throw new ApiError(400, {
      code: "MissingApiVersionParameter",
      message: `The query parameter api-version is required. Supported: ${supported}.`,
      target: "api-version",
    });
  }
  if (apiVersions.some((known) => known === version)) return;
  throw new ApiError(400, {
    code: "UnsupportedApiVersionValue",
    message: `There is no api-version ${JSON.stringify(version)}. Supported: ${supported}.`,
    target: "api-version",
  });
}

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

function withHeaders(answer: HttpResponseInit, context: InvocationContext): HttpResponseInit {
  return {
    ...answer,
    headers: {
      "Cache-Control": "no-store",
      "X-Content-Type-Options": "nosniff",
      "x-ms-request-id": context.invocationId,
      ...answer.headers,
    },
  };
}
