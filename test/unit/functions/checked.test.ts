import { describe, expect, test } from "vitest";
import { checked } from "../../../src/functions/checked.ts";
import { ApiError, notFound } from "../../../src/lib/api/api-error.ts";
import type { Principal } from "../../../src/lib/api/principal.ts";
import { route } from "../../../src/lib/api/route.ts";
import { createRateLimit } from "../../../src/lib/partners/rate-limit.ts";
import { invocation, request } from "../../fakes/invocation.ts";
import { PARTNER_ID, partner } from "../../fixtures/partners.ts";
import {
  type Asked,
  always,
  ask,
  asked,
  errorOf,
  known,
  nobody,
  reader,
  unauthorized,
} from "./checked-scene.ts";

describe("a route", () => {
  test("answers a caller who may ask, and lets nobody keep the answer", async () => {
    const { answer, steps, lines } = await ask(known);
    expect(answer).toEqual({ status: 200, jsonBody: { value: 1 }, headers: always });
    expect(steps).toEqual(["caller", "handler"]);
    expect(lines).toEqual([]);
  });

  test("tells its handler who asks", async () => {
    const handler: Asked = async ({ caller }) => ({ status: 200, body: caller });
    expect((await ask(known, { handler })).answer).toMatchObject({ jsonBody: reader });
  });

  test("keeps the headers of its handler's answer", async () => {
    const tagged = route({
      ...asked,
      answers: { 200: { description: "Anything.", headers: ["ETag"] } },
    });
    const services = {
      ...{ authenticate: async () => reader, now: () => new Date(0) },
      partners: { find: async () => undefined, findFresh: async () => undefined },
      ...{ rateLimit: createRateLimit(), corsOrigins: [] },
    };
    const frame = checked(services, tagged, async () => ({
      status: 200 as const,
      headers: { ETag: "1" },
    }));
    expect(await frame(request(known), invocation().context)).toMatchObject({
      headers: { ETag: "1", "x-ms-request-id": "invocation-1" },
    });
  });
});

describe("before its handler", () => {
  test.each(["vms", known, "vms?api-version=1999-01-01"])(
    "%s asks who calls, and answers 401 to nobody",
    async (path) => {
      const { answer, steps, lines } = await ask(path, { caller: unauthorized });
      expect(answer).toMatchObject({
        status: 401,
        headers: { "WWW-Authenticate": "Bearer", "x-ms-error-code": "Unauthorized" },
        jsonBody: errorOf("Unauthorized"),
      });
      expect(steps).toEqual(["caller"]);
      expect(lines).toEqual(["warning callerRefused status=401 code=Unauthorized"]);
    },
  );

  test.each(["vms", known])("%s answers 403 to a caller without a role", async (path) => {
    const { answer, steps, lines } = await ask(path, { caller: nobody });
    expect(answer).toMatchObject({ status: 403, jsonBody: errorOf("Forbidden") });
    expect(steps).toEqual(["caller"]);
    expect(lines).toEqual(["warning callerRefused status=403 code=Forbidden"]);
  });

  test.each([
    ["vms", "MissingApiVersionParameter"],
    ["vms?api-version=", "UnsupportedApiVersionValue"],
    ["vms?api-version=2026-11-01-preview", "UnsupportedApiVersionValue"],
    ["vms?api-version=%3Cscript%3E", "UnsupportedApiVersionValue"],
  ])("%s is answered 400 %s, with the versions there are", async (path, code) => {
    const { answer, steps } = await ask(path);
    expect(answer).toMatchObject({
      status: 400,
      headers: { "x-ms-error-code": code, "Cache-Control": "no-store" },
      jsonBody: {
        error: { code, target: "api-version", message: expect.stringContaining("2026-11-01") },
      },
    });
    expect(steps).toEqual(["caller"]);
  });
});

describe("a partner", () => {
  const app: Principal = { id: "an-object", kind: "app", roles: [], clientId: PARTNER_ID };
  const whoAsks: Asked = async ({ caller }) => ({ status: 200, body: caller });

  test("is looked up once, and known to the handler", async () => {
    const record = partner();
    const { answer, steps } = await ask(known, { caller: app, record, handler: whoAsks });
    expect(answer).toMatchObject({
      jsonBody: { ...{ id: PARTNER_ID, kind: "app", roles: [] }, partner: record },
    });
    expect(steps).toEqual(["caller", "partner", "handler"]);
  });

  test("that is disabled is answered like one that nobody knows", async () => {
    const unknown = await ask(known, { caller: app });
    const disabled = await ask(known, { caller: app, record: partner({ state: "disabled" }) });
    expect(disabled).toEqual(unknown);
    expect(unknown.answer).toMatchObject({ status: 403, jsonBody: errorOf("Forbidden") });
    expect(unknown.steps).toEqual(["caller", "partner"]);
  });

  test("that asks too often is told when to ask again, and answered then", async () => {
    const record = partner({ rateLimit: { requestsPerMinute: 40, burst: 2 } });
    const situation = { caller: app, record, rateLimit: createRateLimit() };
    const before = [await ask(known, situation), await ask(known, situation)];
    expect(before).toMatchObject([{ answer: { status: 200 } }, { answer: { status: 200 } }]);
    const { answer, steps } = await ask(known, situation);
    expect(answer).toMatchObject({
      status: 429,
      headers: { "Retry-After": "2", "x-ms-error-code": "TooManyRequests" },
      jsonBody: errorOf("TooManyRequests"),
    });
    expect(steps).toEqual(["caller", "partner"]);
    expect(await ask(known, { ...situation, at: 2000 })).toMatchObject({ answer: { status: 200 } });
  });

  test("may not ask in vain more often either", async () => {
    const record = partner({ verbs: [], rateLimit: { requestsPerMinute: 1, burst: 1 } });
    const situation = { caller: app, record, rateLimit: createRateLimit() };
    expect(await ask(known, situation)).toMatchObject({ answer: { status: 403 } });
    expect(await ask(known, situation)).toMatchObject({ answer: { status: 429 } });
  });

  test("needs the verb of what it does", async () => {
    const { answer, steps } = await ask(known, { caller: app, record: partner({ verbs: [] }) });
    expect(answer).toMatchObject({ status: 403, jsonBody: errorOf("Forbidden") });
    expect(steps).toEqual(["caller", "partner"]);
  });
});

describe("an error of the handler", () => {
  test("that is the API's own is the answer", async () => {
    const handler = () => Promise.reject(notFound());
    const { answer, lines } = await ask(known, { handler });
    expect(answer).toMatchObject({
      status: 404,
      jsonBody: {
        error: { code: "NotFound", message: "There is no such resource, or you may not see it." },
      },
    });
    expect(lines).toEqual([]);
  });

  test("tells everything that is wrong at once", async () => {
    const details = [{ code: "InvalidField", message: "a: is wrong", target: "a" }];
    const error = new ApiError(400, { code: "InvalidPolicy", message: "It is wrong.", details });
    const { answer } = await ask(known, { handler: () => Promise.reject(error) });
    expect(answer).toMatchObject({
      status: 400,
      jsonBody: { error: { code: "InvalidPolicy", message: "It is wrong.", details } },
    });
  });

  test.each([
    new Error("https://shop.blob.core.windows.net/x?sig=secret"),
    Object.assign(new Error("secret"), { status: 418, code: "Teapot" }),
    "secret",
  ])("that nobody expected is logged, and nothing of it is told: %s", async (reason) => {
    const { answer, lines } = await ask(known, { handler: () => Promise.reject(reason) });
    expect(answer).toEqual({
      status: 500,
      headers: { ...always, "x-ms-error-code": "InternalError" },
      jsonBody: {
        error: {
          code: "InternalError",
          message: "Something failed on our side. Quote x-ms-request-id to the operator.",
        },
      },
    });
    expect(lines).toEqual([expect.stringMatching(/^error requestFailed reason=.*secret/)]);
    expect(lines.join()).not.toContain("sig=");
  });

  test("that is an outage of the token check is not the caller's fault", async () => {
    const { answer, steps } = await ask(known, { caller: new TypeError("fetch failed") });
    expect(answer).toMatchObject({ status: 500 });
    expect(steps).toEqual(["caller"]);
  });
});
