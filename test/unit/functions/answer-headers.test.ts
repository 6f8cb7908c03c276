/** What an answer has beside its body: who may read it in a browser, and what ties it to the log. */
import type { HttpHandler, HttpResponseInit } from "@azure/functions";
import { describe, expect, test } from "vitest";
import { ApiError } from "../../../src/lib/api/api-error.ts";
import { invocation, request } from "../../fakes/invocation.ts";
import { registrations } from "../../fakes/registered-app.ts";
import { PARTNER_ID, partner } from "../../fixtures/partners.ts";
import { type Asked, ask, known, ORIGIN, unauthorized } from "./checked-scene.ts";

const TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
const CALLERS_SPAN = `00-${TRACE}-00f067aa0ba902b7-01`;
const HOSTS_SPAN = `00-${TRACE}-b7ad6b7169203331-01`;
const OWN_TRACE = /^00-[0-9a-f]{32}-[0-9a-f]{16}-00$/;

describe("a page in a browser", () => {
  test("of a configured origin may read the answer and the headers that it needs", async () => {
    const { answer } = await ask(known, { headers: { origin: ORIGIN } });
    expect(answer.headers).toMatchObject({
      "Access-Control-Allow-Origin": ORIGIN,
      "Access-Control-Expose-Headers": expect.stringContaining("Operation-Location"),
      Vary: "Origin",
    });
    expect(answer.headers).not.toHaveProperty("Access-Control-Allow-Credentials");
  });

  test("may read why it was refused", async () => {
    const { answer } = await ask(known, { caller: unauthorized, headers: { origin: ORIGIN } });
    expect(answer).toMatchObject({
      status: 401,
      headers: { "Access-Control-Allow-Origin": ORIGIN },
    });
  });

  test.each([
    "https://other.example",
    "https://portal.example.evil.example",
    "https://sub.portal.example",
    "https://portal.example:8443",
    "http://portal.example",
    "HTTPS://PORTAL.EXAMPLE",
    "null",
    "*",
    "",
  ])("of %s may not", async (origin) => {
    const { answer } = await ask(known, { headers: { origin } });
    const names = Object.keys(answer.headers).filter((name) => name.startsWith("Access-Control"));
    expect(names).toEqual([]);
    expect(answer.headers["Vary"]).toBe("Origin");
  });
});

describe("a preflight", () => {
  const { handler } = registrations({ corsOrigins: [ORIGIN] }).get("Preflight")?.options ?? {};
  const preflight = async (origin: string) => {
    const headers = { origin, "access-control-request-method": "PUT" };
    const asking = request("policies/gold", { method: "OPTIONS", headers });
    const answer = await (handler as HttpHandler)(asking, invocation().context);
    return answer as HttpResponseInit & { headers: Record<string, string> };
  };

  test("of a configured origin is told what it may send", async () => {
    const { status, headers } = await preflight(ORIGIN);
    expect(status).toBe(204);
    expect(headers).toMatchObject({
      "Access-Control-Allow-Origin": ORIGIN,
      "Access-Control-Allow-Methods": "GET, PUT, POST, DELETE",
      "Access-Control-Max-Age": "3600",
      Vary: "Origin",
    });
    for (const name of ["Authorization", "If-Match", "Repeatability-Request-ID", "traceparent"]) {
      expect(headers["Access-Control-Allow-Headers"]?.split(", ")).toContain(name);
    }
  });

  test.each(["https://other.example", "null", "*"])("of %s is told nothing", async (origin) => {
    const { status, headers } = await preflight(origin);
    expect(status).toBe(204);
    expect(Object.keys(headers).filter((name) => name.startsWith("Access-Control"))).toEqual([]);
  });
});

describe("the trace of a request", () => {
  test("goes on in the span that the host has made", async () => {
    const { answer, served } = await ask(known, { traceParent: HOSTS_SPAN });
    expect(answer.headers["traceparent"]).toBe(HOSTS_SPAN);
    expect(served).toEqual([expect.stringContaining(` trace=${TRACE}`)]);
  });

  test("goes on in a span of its own when the host traces nothing", async () => {
    const { answer } = await ask(known, { headers: { traceparent: CALLERS_SPAN } });
    expect(answer.headers["traceparent"]).toMatch(new RegExp(`^00-${TRACE}-[0-9a-f]{16}-00$`));
    expect(answer.headers["traceparent"]).not.toContain("00f067aa0ba902b7");
  });

  test.each([
    "",
    "nonsense",
    CALLERS_SPAN.toUpperCase(),
    `00-${"0".repeat(32)}-00f067aa0ba902b7-01`,
    `00-${TRACE}-${"0".repeat(16)}-01`,
    `ff-${TRACE}-00f067aa0ba902b7-01`,
    `${CALLERS_SPAN}, ${CALLERS_SPAN}`,
    `${CALLERS_SPAN}${"a".repeat(5000)}`,
  ])("begins here when the caller sends %#, which is not written back", async (traceparent) => {
    const { answer } = await ask(known, { headers: { traceparent }, traceParent: traceparent });
    expect(answer).toMatchObject({ status: 200 });
    expect(answer.headers["traceparent"]).toMatch(OWN_TRACE);
    expect(answer.headers["traceparent"]).not.toContain(TRACE);
  });
});

describe("the caller's own id of a request", () => {
  const guid = "9C4D50EE-2D56-4CD3-8152-34347DC9F2B0";

  test("is written back", async () => {
    const { answer } = await ask(known, { headers: { "x-ms-client-request-id": guid } });
    expect(answer.headers["x-ms-client-request-id"]).toBe(guid);
  });

  test.each(["", "not-a-guid", `${guid}, ${guid}`, "<script>"])(
    "is not, when it is %j",
    async (id) => {
      const { answer } = await ask(known, { headers: { "x-ms-client-request-id": id } });
      expect(answer.headers).not.toHaveProperty("x-ms-client-request-id");
    },
  );
});

describe("the line of a request in the log", () => {
  const failing =
    (error: unknown): Asked =>
    () =>
      Promise.reject(error);

  test("says what was asked, how it ended, how long it took and who asked", async () => {
    const { served } = await ask(known);
    const expected =
      /^information requestServed request=invocation-1 operation=Asked status=200 ms=0 by=a-person trace=[0-9a-f]{32}$/;
    expect(served).toEqual([expect.stringMatching(expected)]);
  });

  test("names a partner", async () => {
    const caller = { id: "x", kind: "app", roles: [], clientId: PARTNER_ID } as const;
    const { served } = await ask(known, { caller, record: partner() });
    expect(served).toEqual([expect.stringContaining(` by=${PARTNER_ID} `)]);
  });

  test.each<[string, Parameters<typeof ask>[1], string]>([
    ["nobody", { caller: unauthorized }, "status=401 code=Unauthorized ms=0 trace="],
    [
      "an error of the API",
      { handler: failing(new ApiError(409, { code: "Gone", message: "" })) },
      "status=409 code=Gone ms=0 by=a-person trace=",
    ],
    ["a failure", { handler: failing(new Error("x")) }, "status=500 code=InternalError ms=0 by="],
  ])("is one for %s, too", async (_what, situation, part) => {
    const { served } = await ask(known, situation);
    expect(served).toEqual([expect.stringContaining(part)]);
  });

  test("has neither query nor header of the request", async () => {
    const { served, lines } = await ask(`${known}&sig=a-secret`, {
      headers: { authorization: "Bearer a-secret", "x-ms-client-request-id": "a-secret" },
    });
    expect([...served, ...lines].join()).not.toContain("a-secret");
  });
});

test("health has the same headers as every other answer", async () => {
  const { handler } = registrations().get("Health")?.options ?? {};
  expect(await (handler as HttpHandler)(request("health"), invocation().context)).toMatchObject({
    headers: { "Cache-Control": "no-store", "Referrer-Policy": "no-referrer" },
    jsonBody: { status: "ok" },
  });
});
