/** Calls of functions as the host makes them, with the real request and context. */
import { HttpRequest, InvocationContext } from "@azure/functions";

export interface Asked {
  readonly token?: string;
  readonly params?: Record<string, string>;
}

/** A GET of `path`, which may have a query. */
export function request(path: string, { token, params = {} }: Asked = {}): HttpRequest {
  const url = new URL(path, "https://app.test/api/");
  return new HttpRequest({
    method: "GET",
    url: url.href,
    headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
    query: Object.fromEntries(url.searchParams),
    params,
  });
}

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
