/** A route behind its frame, and the steps that the frame takes. */
import type { HttpResponseInit } from "@azure/functions";
import { expect } from "vitest";
import { z } from "zod";
import type { Handler } from "../../../src/functions/call.ts";
import { checked } from "../../../src/functions/checked.ts";
import { ApiError } from "../../../src/lib/api/api-error.ts";
import type { Principal } from "../../../src/lib/api/principal.ts";
import { route } from "../../../src/lib/api/route.ts";
import type { Partner } from "../../../src/lib/partners/partner.ts";
import { createRateLimit, type RateLimit } from "../../../src/lib/partners/rate-limit.ts";
import { invocation, request } from "../../fakes/invocation.ts";
import { PARTNER_ID } from "../../fixtures/partners.ts";

export const reader: Principal = { id: "a-person", kind: "person", roles: ["Reader"] };
export const nobody: Principal = { id: "a-person", kind: "person", roles: [] };
export const unauthorized = new ApiError(
  401,
  { code: "Unauthorized", message: "A bearer token is required." },
  { "WWW-Authenticate": "Bearer" },
);
export const asked = route({
  name: "Asked",
  method: "GET",
  path: "asked",
  tag: "Asked",
  action: "read",
  summary: "What is asked.",
  answers: { 200: { description: "Anything.", body: z.unknown() } },
});
export type Asked = Handler<typeof asked>;
const answering: Asked = async () => ({ status: 200, body: { value: 1 } });

interface Situation {
  readonly caller?: Principal | Error;
  /** What is on record under `PARTNER_ID`. */
  readonly record?: Partner;
  readonly handler?: Asked;
  readonly headers?: Record<string, string>;
  /** The same for all requests of a test that is about it. */
  readonly rateLimit?: RateLimit;
  readonly at?: number;
  /** The span of the invocation, as the host has it. */
  readonly traceParent?: string;
}

/** Of every answer, whatever it is. */
export const always = {
  "Cache-Control": "no-store",
  "X-Content-Type-Options": "nosniff",
  "Strict-Transport-Security": "max-age=31536000",
  "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
  "Referrer-Policy": "no-referrer",
  Vary: "Origin",
  "x-ms-request-id": "invocation-1",
  traceparent: expect.stringMatching(/^00-[0-9a-f]{32}-[0-9a-f]{16}-0[01]$/),
};

/** Whose pages may ask. */
export const ORIGIN = "https://portal.example";

/** Asks a route; says what it answered and logged, and in which order its steps were taken. */
export async function ask(path: string, situation: Situation = {}) {
  const { caller = reader, record, handler = answering, headers = {}, traceParent } = situation;
  const { rateLimit = createRateLimit(), at = 0 } = situation;
  const steps: string[] = [];
  const authenticate = async () => {
    steps.push("caller");
    if (caller instanceof Error) throw caller;
    return caller;
  };
  const handled: Asked = (call) => {
    steps.push("handler");
    return handler(call);
  };
  const findFresh = async (clientId: string) => (clientId === PARTNER_ID ? record : undefined);
  const find = (clientId: string) => {
    steps.push("partner");
    return findFresh(clientId);
  };
  const services = {
    ...{ authenticate, partners: { find, findFresh }, now: () => new Date(at) },
    ...{ rateLimit, corsOrigins: [ORIGIN] },
  };
  const { context, lines: all } = invocation();
  if (traceParent) context.traceContext = { traceParent };
  const answer = (await checked(
    services,
    asked,
    handled,
  )(request(path, { headers }), context)) as HttpResponseInit & { headers: Record<string, string> };
  const isServed = (line: string) => line.startsWith("information requestServed ");
  return {
    ...{ answer, steps },
    served: all.filter(isServed),
    /** All others. */
    lines: all.filter((line) => !isServed(line)),
  };
}

export const known = "vms?api-version=2026-11-01";
export const errorOf = (code: string) => ({ error: expect.objectContaining({ code }) });
