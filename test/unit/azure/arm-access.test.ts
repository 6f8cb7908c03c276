import { inspect } from "node:util";
import { ComputeManagementClient } from "@azure/arm-compute";
import { createHttpHeaders, type HttpClient } from "@azure/core-rest-pipeline";
import { describe, expect, test } from "vitest";
import { accessAt } from "../../../src/lib/azure/arm-access.ts";
import { lookAt } from "../../../src/lib/azure/arm-look.ts";

const ENDPOINT = "https://arm.test";
const RESULT_URL = `${ENDPOINT}/subscriptions/s/providers/Microsoft.Compute/locations/l/DiskOperations/1?monitor=true`;
const SAS = "https://disk.test/token/abcd?sv=2018-03-28&sr=b&sig=secret&sp=r";
const SECRET = /disk\.test|sig|secret/;

interface Answer {
  readonly status?: number;
  readonly body?: unknown;
}

/** Asks through the real client's pipeline, down to its HTTP client. */
async function ask(
  how: typeof accessAt | typeof lookAt,
  { status = 200, body }: Answer,
  url: string,
) {
  const sent: string[] = [];
  const http: HttpClient = {
    sendRequest: async (request) => {
      sent.push(`${request.method} ${request.url} ${request.headers.get("authorization")}`);
      const bodyAsText = typeof body === "string" ? body : JSON.stringify(body);
      const text = body === undefined ? {} : { bodyAsText };
      return { request, status, headers: createHttpHeaders(), ...text };
    },
  };
  const credential = {
    getToken: async () => ({ token: "our-token", expiresOnTimestamp: Date.now() + 3_600_000 }),
  };
  const options = { endpoint: ENDPOINT, retryOptions: { maxRetries: 0 } };
  const client = new ComputeManagementClient(credential, "s", options);
  const seen = await how(client, http, ENDPOINT, url, AbortSignal.timeout(10_000));
  return { seen, sent };
}

describe("the result of a beginGetAccess", () => {
  test("is the SAS, for one GET with our token", async () => {
    const { seen, sent } = await ask(accessAt, { body: { accessSAS: SAS } }, RESULT_URL);
    if (seen.kind !== "found" || !("sas" in seen)) throw new Error("There is no SAS.");
    expect(seen.sas.reveal()).toBe(SAS);
    expect(inspect(seen)).not.toMatch(SECRET);
    expect(sent).toEqual([`GET ${RESULT_URL} Bearer our-token`]);
  });

  test.each<[string, Answer]>([
    ["is still worked on", { status: 202 }],
    ["has no body", {}],
    ["has an empty one", { status: 204 }],
    ["has a body without a SAS", { body: { name: "1" } }],
    ["has an empty SAS", { body: { accessSAS: "" } }],
    ["is unknown", { status: 404, body: { error: { code: "NotFound", message: "" } } }],
    ["is gone", { status: 410 }],
  ])("is not found when it %s", async (_what, answer) => {
    expect((await ask(accessAt, answer, RESULT_URL)).seen).toMatchObject({ kind: "notFound" });
  });

  test.each<[string, Answer, object]>([
    ["throttled", { status: 429 }, { kind: "throttled" }],
    ["failed by the server", { status: 503 }, { kind: "unsettled" }],
    ["refused", { status: 403 }, { kind: "refused", conflict: false }],
    [
      "that of an operation that failed",
      { status: 409, body: { error: { code: "OperationNotAllowed", message: "No." } } },
      { kind: "refused", conflict: true, error: { code: "OperationNotAllowed", message: "No." } },
    ],
    ["cut off", { body: `{"accessSAS":"${SAS}` }, { kind: "unsettled" }],
    ["no JSON", { body: `"accessSAS":"${SAS}"` }, { kind: "unsettled" }],
  ])("may be %s, and shows no SAS", async (_what, answer, expected) => {
    const { seen } = await ask(accessAt, answer, RESULT_URL);
    expect(seen).toMatchObject(expected);
    expect(JSON.stringify(seen)).not.toMatch(SECRET);
  });

  test.each([
    "https://attacker.test/DiskOperations/1",
    "https://arm.test@attacker.test/DiskOperations/1",
    "https://arm.test:8443/DiskOperations/1",
    "http://arm.test/DiskOperations/1",
    "/DiskOperations/1",
    "",
  ])("at %j is refused without a request", async (url) => {
    const { seen, sent } = await ask(accessAt, { body: { accessSAS: SAS } }, url);
    expect(seen).toMatchObject({
      kind: "refused",
      conflict: false,
      error: { code: "ForeignResultUrl" },
    });
    expect(sent).toEqual([]);
  });
});

describe("a look at a beginGetAccess keeps nothing of its SAS", () => {
  const properties = { output: { accessSAS: SAS } };
  test.each<[string, Answer, object]>([
    ["succeeded", { body: { status: "Succeeded", properties } }, { kind: "succeeded" }],
    ["is running", { body: { status: "InProgress", properties } }, { kind: "running" }],
    [
      "failed",
      { body: { status: "Failed", properties, error: { code: "A", message: "b" } } },
      { kind: "failed", error: { code: "A", message: "b" } },
    ],
    ["is the result itself", { body: { accessSAS: SAS } }, { kind: "succeeded" }],
  ])("when it %s", async (_what, answer, expected) => {
    expect((await ask(lookAt, answer, RESULT_URL)).seen).toEqual(expected);
  });

  test.each([`{"status":"Succeeded","accessSAS":"${SAS}`, `${SAS}`])(
    "nor when its body cannot be read: %#",
    async (body) => {
      const { seen } = await ask(lookAt, { body }, RESULT_URL);
      expect(seen).toMatchObject({ kind: "unsettled" });
      expect(JSON.stringify(seen)).not.toMatch(SECRET);
    },
  );
});
