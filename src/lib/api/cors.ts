/**
 * Pages of other origins that may call the API: those of the settings, named exactly. They send a token of their own
 * making; cookies and other credentials of the browser are never asked for.
 * https://fetch.spec.whatwg.org/#http-cors-protocol
 */

const METHODS = "GET, PUT, POST, DELETE";

const REQUEST_HEADERS = [
  ...["Authorization", "Content-Type", "If-Match", "If-None-Match"],
  ...["Repeatability-Request-ID", "Repeatability-First-Sent"],
  ...["traceparent", "tracestate", "x-ms-client-request-id", "x-ms-useragent"],
].join(", ");

/** Those that a page's client goes by. */
const ANSWER_HEADERS = [
  ...["ETag", "Location", "Operation-Location", "Retry-After", "Repeatability-Result"],
  ...["traceparent", "x-ms-request-id", "x-ms-client-request-id", "x-ms-error-code"],
].join(", ");

type Headers = Readonly<Record<string, string>>;

/** So that nothing between us and the browser gives the answer to one origin to another. */
const vary: Headers = { Vary: "Origin" };

const isAllowed = (origins: readonly string[], origin: string | null): origin is string =>
  origin !== null && origins.includes(origin);

/** Headers of an answer. */
export const corsHeaders = (origins: readonly string[], origin: string | null): Headers =>
  isAllowed(origins, origin)
    ? {
        ...vary,
        "Access-Control-Allow-Origin": origin,
        "Access-Control-Expose-Headers": ANSWER_HEADERS,
      }
    : vary;

/** Headers of the answer to a browser that asks whether it may ask. Without them it may not. */
export const preflightHeaders = (origins: readonly string[], origin: string | null): Headers =>
  isAllowed(origins, origin)
    ? {
        ...vary,
        "Access-Control-Allow-Origin": origin,
        "Access-Control-Allow-Methods": METHODS,
        "Access-Control-Allow-Headers": REQUEST_HEADERS,
        "Access-Control-Max-Age": "3600",
      }
    : vary;
