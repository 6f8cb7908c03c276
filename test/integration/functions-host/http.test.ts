import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { FunctionsHost } from "../../../local/functions-host/spawn.ts";
import { eventually, getJson, Hosts } from "./harness.ts";

interface Metrics {
  readonly functions: Record<string, { count: number; failures: number; totalMs: number }>;
  readonly recent: readonly object[];
}

const hosts = new Hosts();
let host: FunctionsHost;

beforeAll(async () => {
  host = await hosts.start("http", { AzureWebJobs_Off_Disabled: "true" });
});
afterAll(() => hosts.killAll());

const call = (path: string, init?: RequestInit) => fetch(`${host.url}${path}`, init);
const echoed = (path: string, init?: RequestInit) =>
  getJson<Record<string, unknown>>(`${host.url}${path}`, init);

describe("a request reaches the function its route and method name", () => {
  test("with parameters, repeated query keys joined, and no trigger metadata", async () => {
    const answer = await echoed("/api/VMS/12?a=1&a=2", { headers: { "x-test": "yes" } });
    expect(answer).toEqual({
      name: "GetVm",
      method: "GET",
      params: { id: "12" },
      query: { a: "1,2" },
      body: "",
      header: "yes",
      triggerMetadata: null,
    });
  });

  test.each([
    [undefined, "http:"],
    ["https", "https:"],
    ["https,http", "https:"],
    ["gopher", "http:"],
  ])("at the address that was asked for, before TLS ended: %s", async (proto, protocol) => {
    const headers = proto === undefined ? {} : { "x-forwarded-proto": proto };
    expect(await echoed("/api/url", { headers })).toEqual({ protocol });
  });

  test("with its body", async () => {
    const answer = await echoed("/api/vms/12", { method: "POST", body: "some text" });
    expect(answer).toMatchObject({ name: "CreateVm", body: "some text" });
  });

  test("without its body when that is sent in chunks", async () => {
    const body = ReadableStream.from([new TextEncoder().encode("some text")]);
    const init: RequestInit = { method: "POST", body, duplex: "half" };
    expect(await echoed("/api/vms/12", init)).toMatchObject({ name: "CreateVm", body: "" });
  });

  test("in the order of names, not of how specific routes are", async () => {
    expect(await echoed("/api/disks/one")).toMatchObject({
      name: "DisksAll",
      params: { rest: "one" },
    });
    expect(await echoed("/api/vms/all/a/b")).toMatchObject({ params: { rest: "a/b" } });
  });

  test.each([
    ["GET", "/api/vms/abc"],
    ["DELETE", "/api/vms/12"],
    ["OPTIONS", "/api/vms/12"],
    ["HEAD", "/api/vms/12"],
    ["GET", "/vms/12"],
    ["GET", "/api/off"],
    ["GET", "/runtime/webhooks/eventgrid?functionName=GetVm"],
  ])("or gets 404: %s %s", async (method, path) => {
    expect((await call(path, { method })).status).toBe(404);
  });
});

describe("a function's answer", () => {
  test("goes out with its status, headers, cookies and body", async () => {
    const response = await call("/api/cookies");
    expect(response.status).toBe(201);
    expect(response.headers.get("x-answer")).toBe("42");
    expect(response.headers.getSetCookie()).toEqual(["a=1; path=/; samesite=lax", "b=2; path=/"]);
    expect(await response.text()).toBe("made");
  });

  test("is 200 and empty when it returns nothing", async () => {
    const response = await call("/api/nothing");
    expect(response.status).toBe(200);
    expect(await response.text()).toBe("");
  });

  test.each(["fails", "text"])("is 500 and empty when it cannot be given: %s", async (path) => {
    const response = await call(`/api/${path}`);
    expect(response.status).toBe(500);
    expect(await response.text()).toBe("");
  });

  test("is 500 when the function takes longer than functionTimeout", async () => {
    expect((await call("/api/slow")).status).toBe(500);
    expect(host.output()).toContain("was exceeded by function: Functions.Slow");
  });

  test("can be changed by hooks", async () => {
    expect(await (await call("/api/hooked")).text()).toBe("the hook, twice");
  });
});

test("what functions log comes out as one line each, through the log hooks", async () => {
  await call("/api/logs");
  await call("/api/fails");
  await eventually(async () => host.output().includes("Functions.Fails") || undefined);
  const lines = host.output().split("\n");
  const having = (text: string) => lines.find((line) => line.includes(text));
  expect(having("a line at")).toMatch(/information Function\.Logs\.User: .*\/path\?…$/);
  expect(having("changed by a hook")).toContain("warning     Function.Logs.User");
  expect(having("too quiet")).toBeUndefined();
  expect(having("Functions.Fails")).toMatch(
    /error +Function\.Fails: .*\(Failed\).*the handler's own/,
  );
});

describe("administration", () => {
  test("tells that the host runs", async () => {
    expect((await call("/admin/host/ping")).status).toBe(200);
    expect(await echoed("/admin/host/status")).toMatchObject({ state: "Running" });
    expect((await call("/admin/functions/Unknown", { method: "POST" })).status).toBe(404);
  });

  test("drains and resumes", async () => {
    const state = async () => (await echoed("/admin/host/drain/status"))["state"];
    expect(await state()).toBe("Disabled");
    expect((await call("/admin/host/drain", { method: "POST" })).status).toBe(202);
    await eventually(async () => ((await state()) === "Completed" ? true : undefined));
    expect((await call("/api/nothing")).status).toBe(200);
    expect((await call("/admin/host/resume", { method: "POST" })).status).toBe(200);
    expect(await state()).toBe("Disabled");
  });

  test("counts what invocations cost", async () => {
    const metrics = () => getJson<Metrics>(`${host.url}/admin/host/metrics`);
    const before = (await metrics()).functions["Fails"] ?? { count: 0, failures: 0 };
    await call("/api/fails");
    const { functions, recent } = await metrics();
    expect(functions["Fails"]).toEqual({
      count: before.count + 1,
      failures: before.failures + 1,
      totalMs: expect.any(Number),
    });
    expect(recent.at(-1)).toEqual({
      name: "Fails",
      startedAt: expect.any(String),
      durationMs: expect.any(Number),
      failed: true,
    });
  });
});

test("keys are enforced once the host is given some", async () => {
  const LOCAL_FUNCTIONS_KEYS = JSON.stringify({ master: "m", host: { default: "h" } });
  const locked = await hosts.start("http", { LOCAL_FUNCTIONS_KEYS });
  const status = async (path: string, headers: Record<string, string> = {}) =>
    (await fetch(`${locked.url}${path}`, { headers })).status;
  expect(await status("/api/nothing")).toBe(200);
  expect(await status("/api/secret")).toBe(401);
  expect(await status("/api/secret?code=h")).toBe(200);
  expect(await status("/api/secret", { "x-functions-key": "m" })).toBe(200);
  expect(await status("/admin/host/status?code=h")).toBe(401);
  expect(await status("/admin/host/status?code=m")).toBe(200);
});
