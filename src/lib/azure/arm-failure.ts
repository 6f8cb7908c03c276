/** What an answer of ARM that is not a success means. Every error of the port is made here. */
import { type PipelineResponse, RestError } from "@azure/core-rest-pipeline";
import { looksLikeSecret } from "../audit/looks-like-secret.ts";
import type { ArmFailure } from "../operations/arm.ts";
import type { ArmProblem } from "../operations/arm-problem.ts";

/** When ARM throttles and does not say for how long. */
const DEFAULT_RETRY_AFTER_MS = 30_000;

/**
 * Throws what is not an answer of ARM, nor the lack of one: a bug of ours. `response` is the answer as it was received,
 * since the one in the client's error has no body.
 */
export function failureOf(error: unknown, response?: PipelineResponse): ArmFailure {
  if (error instanceof RestError && error.response) return failureIn(response ?? error.response);
  if (isNetworkError(error)) {
    const message = withoutSecret(error.message);
    return { kind: "unsettled", error: { code: codeOf(error), message } };
  }
  throw error;
}

export function failureIn(response: Pick<PipelineResponse, "status" | "headers" | "bodyAsText">) {
  const { status } = response;
  const problem = problemIn(response.bodyAsText, status);
  const { code, message } = problem;
  const error = { code, message };
  if (status === 429) return throttled(response, problem);
  if (status === 404) return { kind: "notFound", error } satisfies ArmFailure;
  // Below 400 is a success whose body cannot be read: it was carried out, and nobody knows with what result.
  if (status < 400 || status === 408 || status >= 500)
    return { kind: "unsettled", error } satisfies ArmFailure;
  return { kind: "refused", conflict: status === 409, error } satisfies ArmFailure;
}

/** Retry-After: seconds, or an HTTP date. Undefined when there is none. */
export function retryAfterOf(response: Pick<PipelineResponse, "headers">): number | undefined {
  const text = response.headers.get("retry-after");
  if (text === undefined) return undefined;
  if (/^\d+$/.test(text)) return Number(text) * 1000;
  const until = Date.parse(text);
  return Number.isNaN(until) ? undefined : Math.max(0, until - Date.now());
}

/** Per-VM counters end like this; all others are the subscription's, shared by its whole fleet. */
const OF_ONE_RESOURCE = /Resource$|ConsistentRestorePoint$/;

/** Of Microsoft.Network, about one resource: another one that it refers to is being changed. */
const BUSY_REFERENCE = "RetryableError";

function throttled(
  response: Pick<PipelineResponse, "headers">,
  { target, code, message }: Problem,
): ArmFailure {
  return {
    kind: "throttled",
    retryAfterMs: retryAfterOf(response) ?? DEFAULT_RETRY_AFTER_MS,
    subscriptionWide: !OF_ONE_RESOURCE.test(target ?? "") && code !== BUSY_REFERENCE,
    error: { code, message },
  };
}

/** ARM's words are recorded and logged, where a SAS or a token must not be. */
const withoutSecret = (text: string): string =>
  looksLikeSecret(text) ? "Withheld: ARM's message holds what looks like a secret." : text;

interface Problem extends ArmProblem {
  /** Of the first detail: for throttling, the counter that is used up. */
  readonly target?: string;
}

/** ARM's error envelope; Compute prints its 429 without the outer `error`. */
function problemIn(body: string | null | undefined, status: number): Problem {
  const parsed = parsedObject(body);
  const error = objectIn(parsed, "error") ?? parsed;
  const code = textIn(error, "code") ?? `Http${status}`;
  const message = withoutSecret(textIn(error, "message") ?? "ARM gave no message.");
  const details = error["details"];
  const detail: unknown = Array.isArray(details) ? details[0] : undefined;
  const target = isObject(detail) ? textIn(detail, "target") : undefined;
  return { code, message, ...(target === undefined ? {} : { target }) };
}

/** The error of a finished asynchronous operation. */
export function problemOf(body: unknown): ArmProblem {
  const error = isObject(body) ? objectIn(body, "error") : undefined;
  return {
    code: (error && textIn(error, "code")) ?? "OperationFailed",
    message: withoutSecret((error && textIn(error, "message")) ?? "ARM gave no reason."),
  };
}

/** No token was to be had: nothing was sent. Told by name, as the identity library's classes say. */
const NO_TOKEN = /^(CredentialUnavailable|Authentication|AggregateAuthentication)Error$/;

const isNetworkError = (error: unknown): error is Error =>
  error instanceof Error &&
  (error instanceof RestError ||
    error.name === "AbortError" ||
    error.name === "TimeoutError" ||
    NO_TOKEN.test(error.name));

const codeOf = (error: Error): string =>
  error instanceof RestError && error.code ? error.code : "NoAnswer";

type JsonObject = Readonly<Record<string, unknown>>;

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function parsedObject(text: string | null | undefined): JsonObject {
  try {
    const parsed: unknown = JSON.parse(text ?? "");
    return isObject(parsed) ? parsed : {};
  } catch {
    return {};
  }
}

const objectIn = (parent: JsonObject, name: string): JsonObject | undefined => {
  const value = parent[name];
  return isObject(value) ? value : undefined;
};

const textIn = (parent: JsonObject, name: string): string | undefined => {
  const value = parent[name];
  return typeof value === "string" ? value : undefined;
};
