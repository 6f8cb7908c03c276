/** The edge of the HTTP API on a real host: what ties answers to the log, pages of other origins, and malformed requests. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Stack, startStack } from "../../local/stack/start-stack.ts";
import { createTokens } from "../../local/stack/tokens.ts";
import { rawRequest } from "./raw-request.ts";
import { waitFor } from "./wait-for.ts";

const VERSION = "api-version=2026-11-01";
const TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
const SPAN = "00f067aa0ba902b7";

let stack: Stack;
let url: string;
let bearer: string;
beforeAll(async () => {
  stack = await startStack({ seed: false });
  url = stack.hosts[0]?.url ?? "";
  const { get } = createTokens(stack.addresses);
  bearer = `Bearer ${await get("policy-admin", stack.addresses.apiAudience)}`;
});
afterAll(() => stack?.close());

const output = () => stack.hosts.map((host) => host.output()).join("\n");

test("an answer, its line in the log and the caller's trace line up", async () => {
  const clientId = "9c4d50ee-2d56-4cd3-8152-34347dc9f2b0";
  const { status, headers } = await stack.api("/policies", {
    headers: { traceparent: `00-${TRACE}-${SPAN}-01`, "x-ms-client-request-id": clientId },
  });
  expect([status, headers.get("x-ms-client-request-id")]).toEqual([200, clientId]);
  const traceparent = headers.get("traceparent") ?? "";
  expect(traceparent).toMatch(new RegExp(`^00-${TRACE}-[0-9a-f]{16}-01$`));
  expect(traceparent).not.toContain(SPAN);
  const request = headers.get("x-ms-request-id");
  const line = await waitFor("the line in the log", async () =>
    output()
      .split("\n")
      .find((each) => each.includes(`requestServed request=${request} `)),
  );
  expect(line).toContain("operation=ListPolicies status=200");
  expect(line).toContain(`trace=${TRACE}`);
});

describe("a page", () => {
  test("of the origin that the stack knows may ask before it asks, and then ask", async () => {
    const origin = "http://localhost:3000";
    const preflight = await fetch(`${url}/api/policies/gold?${VERSION}`, {
      method: "OPTIONS",
      headers: { origin, "access-control-request-method": "PUT" },
    });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get("access-control-allow-origin")).toBe(origin);
    const { headers } = await stack.api("/policies", { headers: { origin } });
    expect(headers.get("access-control-allow-origin")).toBe(origin);
    expect(headers.get("access-control-expose-headers")).toContain("Operation-Location");
  });

  test("of another origin may not", async () => {
    const origin = "https://other.example";
    const preflight = await fetch(`${url}/api/vms`, { method: "OPTIONS", headers: { origin } });
    const { headers } = await stack.api("/policies", { headers: { origin } });
    expect(preflight.headers.get("access-control-allow-origin")).toBeNull();
    expect(headers.get("access-control-allow-origin")).toBeNull();
  });
});

const authorized = () => ["Authorization", bearer] as const;

describe("a request that is not as it should be is the caller's fault, and nothing fails:", () => {
  test.each<[string, () => Parameters<typeof rawRequest>[1], number[]]>([
    [
      "two tokens",
      () => ({ path: `/api/vms?${VERSION}`, headers: [authorized(), authorized()] }),
      [401],
    ],
    [
      "a token and another scheme",
      () => ({
        path: `/api/vms?${VERSION}`,
        headers: [authorized(), ["Authorization", "Basic eDp5"]],
      }),
      [401],
    ],
    [
      "two preconditions, neither of which holds",
      () => ({
        method: "DELETE",
        path: `/api/policies/gold?${VERSION}`,
        headers: [authorized(), ["If-Match", '"a"'], ["If-Match", '"b"']],
      }),
      [412],
    ],
    [
      "two request ids",
      () => ({
        method: "POST",
        path: `/api/vms/11111111-1111-1111-1111-111111111111~a~b/retire?${VERSION}`,
        headers: [
          authorized(),
          ["Repeatability-Request-ID", "a"],
          ["Repeatability-Request-ID", "b"],
          ["Repeatability-First-Sent", new Date().toUTCString()],
        ],
      }),
      [400],
    ],
    [
      "two hosts",
      () => ({
        path: `/api/vms?${VERSION}`,
        headers: [["Host", "a"], ["Host", "b"], authorized()],
      }),
      [400],
    ],
    [
      "a query of ten thousand characters",
      () => ({ path: `/api/vms?${VERSION}&x=${"a".repeat(10_000)}`, headers: [authorized()] }),
      [400, 414, 431],
    ],
    [
      "a URL of a hundred thousand",
      () => ({ path: `/api/vms?${VERSION}&x=${"a".repeat(100_000)}`, headers: [authorized()] }),
      [0, 414, 431],
    ],
    [
      "a header of a hundred thousand",
      () => ({ path: `/api/vms?${VERSION}`, headers: [authorized(), ["X", "a".repeat(100_000)]] }),
      [0, 431],
    ],
    [
      "HEAD",
      () => ({ method: "HEAD", path: `/api/vms?${VERSION}`, headers: [authorized()] }),
      [404],
    ],
    [
      "a method that the path does not have",
      () => ({ method: "PATCH", path: `/api/vms?${VERSION}`, headers: [authorized()] }),
      [404],
    ],
    ["a method that nobody knows", () => ({ method: "BREW", path: "/api/vms" }), [400, 404]],
    [
      "a path out of the API",
      () => ({ path: `/api/../api/..%2f..%2fvms?${VERSION}`, headers: [authorized()] }),
      [404],
    ],
    [
      "a NUL in the path",
      () => ({ path: `/api/policies/%00?${VERSION}`, headers: [authorized()] }),
      [404],
    ],
    [
      "half a character in the path",
      () => ({ path: `/api/policies/%E0%A4?${VERSION}`, headers: [authorized()] }),
      [404],
    ],
    [
      "a body that ends too early",
      () => ({
        method: "PUT",
        path: `/api/policies/new?${VERSION}`,
        headers: [authorized(), ["Content-Type", "application/json"], ["Content-Length", "100"]],
        body: '{"schedule":',
        isCutOff: true,
      }),
      [0, 400],
    ],
  ])("%s", async (_what, asked, statuses) => {
    const { status } = await rawRequest(url, asked());
    expect(statuses).toContain(status);
    expect((await fetch(`${url}/api/health`)).status).toBe(200);
  });

  test("and none of it is in the log as a failure", () => {
    expect(output()).not.toMatch(/requestFailed|status=5\d\d|error +Host/);
  });
});
