/** Calls of functions as the host makes them, with the real request and context. */
import { type HttpMethod, HttpRequest, InvocationContext } from "@azure/functions";
import type { Invocation } from "../../src/functions/call.ts";

export interface Asked {
  /** Default: GET. */
  readonly method?: HttpMethod;
  readonly headers?: Record<string, string>;
  /** Sent as it is when it is text, otherwise as JSON. */
  readonly body?: unknown;
  readonly token?: string;
  readonly params?: Record<string, string>;
}

/** A request of `path`, which may have a query. */
export function request(
  path: string,
  { method = "GET", headers = {}, body, token, params = {} }: Asked = {},
): HttpRequest {
  const url = new URL(path, "https://app.test/api/");
  return new HttpRequest({
    method,
    url: url.href,
    headers: {
      ...(body === undefined ? {} : { "content-type": "application/json" }),
      ...headers,
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    },
    ...(body === undefined
      ? {}
      : { body: { string: typeof body === "string" ? body : JSON.stringify(body) } }),
    query: Object.fromEntries(url.searchParams),
    params,
  });
}

/** For handlers that send no messages. */
export const silent: Invocation = {
  id: "invocation-1",
  send: () => {
    throw new Error("A message was sent.");
  },
};

export interface LoggedContext {
  readonly context: InvocationContext;
  /** `<level> <line>` */
  readonly lines: readonly string[];
}

export function invocation(functionName = "Tested"): LoggedContext {
  const lines: string[] = [];
  const logHandler = (level: string, ...args: unknown[]) =>
    lines.push(`${level} ${args.join(" ")}`);
  const context = new InvocationContext({ functionName, invocationId: "invocation-1", logHandler });
  return { context, lines };
}
