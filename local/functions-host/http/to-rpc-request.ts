/** A request as the host sends it to a function. */
import type { HttpData, TypedData } from "../app/rpc.ts";
import type { TriggerInput } from "../invocation/invoker.ts";
import type { Incoming } from "./incoming.ts";
import type { RouteParams } from "./route.ts";

export function toRpcRequest(incoming: Incoming, params: RouteParams): TriggerInput {
  const { method, url, headers } = incoming;
  const query = joinQuery(url.searchParams);
  const body = bodyOf(incoming);
  const http: HttpData = {
    url: url.href,
    method,
    nullableHeaders: nullable(headers),
    nullableQuery: nullable(query),
    nullableParams: nullable(params),
    identities: [],
    ...(body === undefined ? {} : { body: { bytes: body } }),
  };
  const metadata: Record<string, TypedData> = {
    ...strings(query),
    ...strings(params),
    Query: { json: JSON.stringify(query) },
    Headers: { json: JSON.stringify(headers) },
  };
  return { data: { http }, metadata, traceParent: headers["traceparent"] };
}

/** The host sends a body only with a Content-Length above zero: a chunked request arrives without its body. */
function bodyOf({ headers, body }: Incoming): Buffer | undefined {
  return Number(headers["content-length"] ?? 0) > 0 ? body : undefined;
}

/** `a=1&a=2` arrives as `1,2`. */
function joinQuery(search: URLSearchParams): Record<string, string> {
  return Object.fromEntries([...search.keys()].map((key) => [key, search.getAll(key).join(",")]));
}

function nullable(values: Readonly<Record<string, string>>): Record<string, { value: string }> {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, { value }]));
}

function strings(values: Readonly<Record<string, string>>): Record<string, TypedData> {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, { string: value }]));
}
