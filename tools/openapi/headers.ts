/** The headers of the API, in the words of its OpenAPI document. */
import type { AnswerHeader } from "../../src/lib/api/route.ts";

const text = (description: string) => ({
  description,
  required: true,
  schema: { type: "string" as const },
});
const sometimes = (description: string) => ({ ...text(description), required: false });

/** All of them, by name. An operation refers to those that it has. */
export const answerHeaders = {
  "x-ms-request-id": text("To quote when something is wrong; in the logs as well."),
  traceparent: text("The request's span, in the caller's trace if it sent one."),
  "x-ms-client-request-id": sometimes("What the caller sent, if it was a GUID."),
  "Cache-Control": text("`no-store`."),
  "x-ms-error-code": text("The error's `code`."),
  "WWW-Authenticate": text("`Bearer`."),
  "Repeatability-Result": sometimes(
    "`accepted` or `rejected`, when the request had a `Repeatability-Request-ID`.",
  ),
  ETag: text("For `If-Match`."),
  "Operation-Location": text("Where to ask how far it is."),
  "Retry-After": { ...text("Seconds."), schema: { type: "integer" as const, minimum: 0 } },
  "Retry-After-Maybe": {
    ...sometimes("Seconds, where it is known when it is worth trying again."),
    schema: { type: "integer" as const, minimum: 0 },
  },
};
type Name = keyof typeof answerHeaders;

const to = (...names: readonly Name[]) =>
  Object.fromEntries(
    names.map((name) => [
      name.replace("-Maybe", ""),
      { $ref: `#/components/headers/${name}` as const },
    ]),
  );

const always: readonly Name[] = [
  ...(["x-ms-request-id", "traceparent"] as const),
  ...(["x-ms-client-request-id", "Cache-Control"] as const),
];

/** Of an answer that is no error. */
export const headersOf = (own: readonly AnswerHeader[], isRepeatable: boolean) =>
  to(...always, ...(isRepeatable ? (["Repeatability-Result"] as const) : []), ...own);

const OF_ERRORS: Readonly<Record<string, readonly Name[]>> = {
  401: ["WWW-Authenticate"],
  409: ["Retry-After-Maybe"],
  429: ["Retry-After"],
  503: ["Retry-After-Maybe"],
};

export const headersOfError = (status: string) =>
  to(...always, "x-ms-error-code", "Repeatability-Result", ...(OF_ERRORS[status] ?? []));
