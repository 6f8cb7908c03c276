import { ComputeManagementClient } from "@azure/arm-compute";
import { createHttpHeaders, type HttpClient, RestError } from "@azure/core-rest-pipeline";
import { describe, expect, test } from "vitest";
import { lookAt } from "../../../src/lib/azure/arm-look.ts";

const ENDPOINT = "https://arm.test";
const STATUS_URL = `${ENDPOINT}/subscriptions/s/providers/Microsoft.Compute/locations/l/operations/1`;

interface Answer {
  readonly status?: number;
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
}

/** Looks once through the real client's pipeline, down to its HTTP client. */
async function look(answer: Answer | Error, statusUrl = STATUS_URL, endpoint = ENDPOINT) {
  const sent: { method: string; url: string; authorization: string | undefined }[] = [];
  const http: HttpClient = {
    sendRequest: async (request) => {
      const { method, url, headers } = request;
      sent.push({ method, url, authorization: headers.get("authorization") });
      if (answer instanceof Error) throw answer;
      const { status = 200, body, headers: answered = {} } = answer;
      const bodyAsText = typeof body === "string" ? body : JSON.stringify(body);
      const text = body === undefined ? {} : { bodyAsText };
      return { request, status, headers: createHttpHeaders(answered), ...text };
    },
  };
  const credential = {
    getToken: async () => ({ token: "secret", expiresOnTimestamp: Date.now() + 3_600_000 }),
  };
  const options = { endpoint, retryOptions: { maxRetries: 0 } };
  const client = new ComputeManagementClient(credential, "s", options);
  const signal = AbortSignal.timeout(10_000);
  const seen = await lookAt(client, http, endpoint, statusUrl, signal);
  return { seen, sent };
}

describe("a look", () => {
  test("is one GET of the status URL with our token", async () => {
    const { sent } = await look({ body: { status: "InProgress" } });
    expect(sent).toEqual([{ method: "GET", url: STATUS_URL, authorization: "Bearer secret" }]);
  });

  test.each<[string, Answer, object]>([
    ["running", { body: { status: "InProgress" } }, { kind: "running" }],
    ["a state that nobody knows", { body: { status: "Updating" } }, { kind: "running" }],
    [
      "running, with Retry-After",
      { body: { status: "InProgress" }, headers: { "retry-after": "9" } },
      { kind: "running", retryAfterMs: 9000 },
    ],
    ["running, said by 202 alone", { status: 202 }, { kind: "running" }],
    ["succeeded", { body: { status: "Succeeded" } }, { kind: "succeeded" }],
    ["succeeded, in another casing", { body: { status: "succeeded" } }, { kind: "succeeded" }],
    [
      "failed",
      { body: { status: "Failed", error: { code: "A", message: "b", details: [] } } },
      { kind: "failed", error: { code: "A", message: "b" } },
    ],
    [
      "canceled",
      { body: { status: "Canceled" } },
      { kind: "failed", error: { code: "OperationFailed" } },
    ],
    ["a body without a status", { body: { name: "1" } }, { kind: "running" }],
    ["at its end, said by Location without a body", { status: 204 }, { kind: "succeeded" }],
    [
      "gone",
      { status: 404, body: { error: { code: "NotFound", message: "" } } },
      { kind: "notFound" },
    ],
    [
      "throttled",
      { status: 429, headers: { "retry-after": "3" } },
      { kind: "throttled", retryAfterMs: 3000 },
    ],
    ["an error of the server", { status: 503 }, { kind: "unsettled" }],
    ["refused", { status: 403 }, { kind: "refused", conflict: false }],
  ])("sees an operation that is %s", async (_what, answer, expected) => {
    expect((await look(answer)).seen).toMatchObject(expected);
  });

  test("that gets no answer fails, and is not repeated", async () => {
    const failure = new RestError("socket hang up", { code: "ECONNRESET" });
    await expect(look(failure)).rejects.toThrow("socket hang up");
  });
});

describe("our token goes to the configured endpoint only", () => {
  test.each([
    "https://attacker.test/operations/1",
    "https://arm.test.attacker.test/operations/1",
    "https://arm.test@attacker.test/operations/1",
    "https://arm.test:8443/operations/1",
    "http://arm.test/operations/1",
    "//attacker.test/operations/1",
    "/subscriptions/s/operations/1",
    "data:application/json,{}",
    "",
  ])("a look at %j is refused without a request", async (url) => {
    const { seen, sent } = await look({ body: { status: "Succeeded" } }, url);
    expect(seen).toMatchObject({ kind: "refused", error: { code: "ForeignStatusUrl" } });
    expect(sent).toEqual([]);
  });

  test.each(["HTTPS://ARM.TEST/operations/1", "https://arm.test:443/operations/1"])(
    "a look at %j is the same endpoint",
    async (url) => {
      expect((await look({ body: { status: "Succeeded" } }, url)).seen.kind).toBe("succeeded");
    },
  );

  test("the endpoint's own path does not matter", async () => {
    const { seen } = await look({ status: 202 }, STATUS_URL, `${ENDPOINT}/`);
    expect(seen.kind).toBe("running");
  });
});
