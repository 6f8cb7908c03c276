import { createHttpHeaders, createPipelineRequest, RestError } from "@azure/core-rest-pipeline";
import { describe, expect, test } from "vitest";
import {
  failureIn,
  failureOf,
  problemOf,
  retryAfterOf,
} from "../../../src/lib/azure/arm-failure.ts";

function answer(status: number, body?: unknown, headers: Record<string, string> = {}) {
  const bodyAsText = typeof body === "string" ? body : JSON.stringify(body);
  return {
    request: createPipelineRequest({ url: "https://arm.test/" }),
    status,
    headers: createHttpHeaders(headers),
    ...(body === undefined ? {} : { bodyAsText }),
  };
}

const error = { code: "SomeCode", message: "Some words." };
const throttledBy = (target: string) => ({
  code: "OperationNotAllowed",
  message: "The server rejected the request.",
  details: [{ code: "TooManyRequests", target, message: '{"operationGroup":"x"}' }],
});

describe("an answer that is no success", () => {
  test.each([
    [404, { kind: "notFound", error }],
    [400, { kind: "refused", conflict: false, error }],
    [401, { kind: "refused", conflict: false, error }],
    [403, { kind: "refused", conflict: false, error }],
    [409, { kind: "refused", conflict: true, error }],
    [412, { kind: "refused", conflict: false, error }],
    [408, { kind: "unsettled", error }],
    [500, { kind: "unsettled", error }],
    [502, { kind: "unsettled", error }],
    [503, { kind: "unsettled", error }],
    [504, { kind: "unsettled", error }],
  ])("with %i is %j", (status, failure) => {
    expect(failureIn(answer(status, { error }))).toEqual(failure);
    expect(failureIn(answer(status, error))).toEqual(failure);
  });

  test("keeps Azure's code and message, and no more", () => {
    const body = { error: { ...error, details: [{ code: "D", message: "d" }], innererror: {} } };
    expect(failureIn(answer(400, body))).toEqual({ kind: "refused", conflict: false, error });
  });

  test.each([
    undefined,
    "",
    "<html>Bad gateway</html>",
    "null",
    "[]",
    "7",
    { error: "broken" },
    {},
  ])("with the body %j is named after its status", (body) => {
    expect(failureIn(answer(502, body))).toEqual({
      kind: "unsettled",
      error: { code: "Http502", message: "ARM gave no message." },
    });
  });
});

describe("throttling", () => {
  test.each([
    [
      "with the error in its envelope",
      { error: throttledBy("PutRestorePointSubscriptionMaximum") },
    ],
    ["as Compute prints it, without", throttledBy("PutRestorePointSubscriptionMaximum")],
  ])("is read %s", (_how, body) => {
    expect(failureIn(answer(429, body, { "retry-after": "17" }))).toEqual({
      kind: "throttled",
      retryAfterMs: 17_000,
      subscriptionWide: true,
      error: { code: "OperationNotAllowed", message: "The server rejected the request." },
    });
  });

  test.each([
    ["PutRestorePointResource", false],
    ["CreateCrashConsistentRestorePoint", false],
    ["CreateApplicationConsistentRestorePoint", false],
    ["PutRestorePointSubscriptionMaximum", true],
    ["CreateRestorePoints3Min", true],
    ["HighCostGet", true],
  ])("by the counter %s concerns the whole subscription: %s", (target, subscriptionWide) => {
    expect(failureIn(answer(429, throttledBy(target)))).toMatchObject({ subscriptionWide });
  });

  test("by a network that is being changed concerns nobody else", () => {
    const busy = { code: "RetryableError", message: "A retryable error occurred." };
    const details = [{ code: "ReferencedResourceNotProvisioned", message: "The subnet." }];
    expect(failureIn(answer(429, { error: { ...busy, details } }))).toMatchObject({
      subscriptionWide: false,
    });
  });

  test.each([undefined, { error }, "no json", throttledBy("").details])(
    "by nobody knows what (%j) concerns the whole subscription",
    (body) => {
      expect(failureIn(answer(429, body))).toMatchObject({
        kind: "throttled",
        subscriptionWide: true,
      });
    },
  );

  test("without Retry-After waits half a minute", () => {
    expect(failureIn(answer(429))).toMatchObject({ retryAfterMs: 30_000 });
  });
});

describe("Retry-After", () => {
  const read = (text: string) => retryAfterOf(answer(429, undefined, { "retry-after": text }));

  test.each([
    ["0", 0],
    ["17", 17_000],
    ["3600", 3_600_000],
  ])("of %s s is %i ms", (text, milliseconds) => {
    expect(read(text)).toBe(milliseconds);
  });

  test("may be a date", () => {
    const inAMinute = read(new Date(Date.now() + 60_000).toUTCString());
    expect(inAMinute).toBeGreaterThan(50_000);
    expect(inAMinute).toBeLessThanOrEqual(60_000);
  });

  test("is now when the date has passed", () => {
    expect(read("Wed, 21 Oct 2015 07:28:00 GMT")).toBe(0);
  });

  test("may be missing or nonsense", () => {
    expect(retryAfterOf(answer(429))).toBeUndefined();
    expect(read("soon")).toBeUndefined();
  });
});

describe("what the client throws", () => {
  test("with an answer is that answer", () => {
    const thrown = new RestError("x", { statusCode: 404, response: answer(404, { error }) });
    expect(failureOf(thrown)).toEqual({ kind: "notFound", error });
  });

  test.each([
    ["a dropped connection", new RestError("socket hang up", { code: "ECONNRESET" }), "ECONNRESET"],
    [
      "no address",
      new RestError("no", { code: RestError.REQUEST_SEND_ERROR }),
      "REQUEST_SEND_ERROR",
    ],
    ["an error without a code", new RestError("?"), "NoAnswer"],
    ["a time-out", new DOMException("too late", "TimeoutError"), "NoAnswer"],
    ["an abort", Object.assign(new Error("aborted"), { name: "AbortError" }), "NoAnswer"],
  ])("without an answer (%s) leaves the outcome unknown", (_what, thrown, code) => {
    expect(failureOf(thrown)).toEqual({
      kind: "unsettled",
      error: { code, message: thrown.message },
    });
  });

  test("for a success that cannot be read leaves the outcome unknown", () => {
    const options = { code: RestError.PARSE_ERROR, statusCode: 201 };
    const thrown = new RestError("Unexpected end", { ...options, response: answer(201, '{"na') });
    expect(failureOf(thrown)).toMatchObject({ kind: "unsettled" });
  });

  test.each([new TypeError("a bug"), "a text", undefined])("as %s is a bug of ours", (thrown) => {
    expect(() => failureOf(thrown)).toThrow(
      thrown === undefined ? undefined : `${thrown}`.replace(/^TypeError: /, ""),
    );
  });
});

describe("the error of an operation that ended", () => {
  test.each([
    [{ status: "Failed", error }, error],
    [
      { status: "Failed", error: { code: "A" } },
      { code: "A", message: "ARM gave no reason." },
    ],
    [
      { status: "Failed", error: {} },
      { code: "OperationFailed", message: "ARM gave no reason." },
    ],
    [{ status: "Canceled" }, { code: "OperationFailed", message: "ARM gave no reason." }],
    [undefined, { code: "OperationFailed", message: "ARM gave no reason." }],
  ])("%j is %j", (body, problem) => {
    expect(problemOf(body)).toEqual(problem);
  });
});
