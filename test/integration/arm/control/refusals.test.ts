import { once } from "node:events";
import { request } from "node:http";
import { text } from "node:stream/consumers";
import { describe, expect, test } from "vitest";
import { givenVm } from "../given.ts";
import { diskId, vmId } from "../names.ts";
import { azuriteOfThisFile } from "../scene.ts";
import { controlOf } from "./control-scene.ts";

const start = azuriteOfThisFile();
const DATA = diskId("web-01_DataDisk_0");
const query = (rest: Record<string, string>) => new URLSearchParams(rest).toString();

/** As a web page could, or a program that misspells where it is. */
async function statusWith(url: string, headers: Record<string, string>): Promise<number> {
  const sent = request(url, { headers }).end();
  const [response] = await once(sent, "response");
  await text(response);
  return response.statusCode;
}

describe("who may ask", () => {
  test.each([
    [{ host: "evil.example" }, 403],
    [{ host: "localhost" }, 403],
    [{ origin: "http://localhost:3000" }, 403],
    [{ origin: "null" }, 403],
    [{ "sec-fetch-site": "cross-site" }, 403],
    [{}, 200],
  ])("%j: %i", async (headers, status) => {
    const { url } = await controlOf(await start());
    expect(await statusWith(`${url}/clock`, headers)).toBe(status);
  });
});

describe("what is asked", () => {
  test.each([
    ["GET", "nonsense", 404],
    ["GET", "constructor", 404],
    ["DELETE", "clock", 405],
    ["GET", "reset", 405],
    ["GET", `bytes?${query({ id: "/nowhere" })}`, 404],
    ["GET", "event-faults", 404],
    ["GET", `usage?${query({ collection: "/nowhere" })}`, 404],
  ])("%s %s: %i", async (method, path, status) => {
    const { ask } = await controlOf(await start());
    expect(await ask(method, path)).toMatchObject({
      status,
      body: { error: { code: expect.any(String), message: expect.any(String) } },
    });
  });

  const bad: readonly (readonly [string, string, unknown, string])[] = [
    ["POST", "faults", "{", "body"],
    ["POST", "faults", {}, "status"],
    ["POST", "faults", { status: 99 }, "status"],
    ["POST", "faults", { status: 500, delayMs: 1 }, "status"],
    ["POST", "faults", { status: 500, path: "(" }, "path"],
    ["POST", "faults", { status: 500, rate: 2 }, "rate"],
    ["POST", "faults", { status: 500, times: 0 }, "times"],
    ["POST", "faults", { status: 500, tims: 1 }, "tims"],
    ["POST", "faults", { status: 500, headers: { "a b": "c" } }, "headers"],
    ["POST", "faults", { connection: "cut" }, "connection"],
    ["POST", "faults", { delayMs: 5, code: "X" }, "code"],
    ["POST", "faults", { operation: "explode", outcome: "fail" }, "operation"],
    ["POST", "faults", { operation: "writeDisk", outcome: "fallBack" }, "outcome"],
    ["POST", "faults", { operation: "writeDisk", outcome: "hang", code: "X" }, "code"],
    ["POST", "faults", { operation: "writeDisk", outcome: "fail", error: "Nope" }, "error"],
    ["POST", "faults", { requests: [{ status: 500 }, { status: "x" }] }, "requests.1.status"],
    ["POST", "throttle", {}, "retryAfterSeconds"],
    ["POST", "throttle", { retryAfterSeconds: 1, times: 0 }, "times"],
    ["POST", "clock/advance", {}, "seconds"],
    ["POST", "clock/advance", { seconds: -1 }, "seconds"],
    ["POST", "clock/advance", { seconds: 1e12 }, "seconds"],
    ["POST", "clock/advance", { duration: "1 hour" }, "duration"],
    ["PATCH", "settings", { refusal: {} }, "refusal"],
    ["PATCH", "settings", { refusals: { activeSas: "never" } }, "refusals.activeSas"],
    ["PATCH", "settings", { deleteMs: -1, copyMs: 5 }, "deleteMs"],
    ["PATCH", "settings", [], "body"],
    ["PUT", `bytes?${query({ id: DATA, offset: "100" })}`, Buffer.alloc(512), "offset"],
    ["PUT", `bytes?${query({ id: DATA, offset: "-512" })}`, Buffer.alloc(512), "offset"],
    ["PUT", `bytes?${query({ id: DATA })}`, Buffer.alloc(100), "body"],
    ["PUT", `bytes?${query({ id: DATA, offset: `${2 ** 40}` })}`, Buffer.alloc(512), "offset"],
    ["PUT", `bytes?${query({ id: DATA, ofset: "0" })}`, Buffer.alloc(512), "ofset"],
    ["PUT", "bytes", Buffer.alloc(512), "id"],
  ];
  test("is refused with the name of what is wrong, and nothing happens", async () => {
    const arm = await start();
    await givenVm(arm, "web-01");
    const { ask } = await controlOf(arm);
    const before = await ask("GET", "settings");
    for (const [method, path, body, target] of bad) {
      const answer = await ask(method, path, { body });
      expect(answer, `${method} ${path} ${answer.text}`).toMatchObject({
        status: 400,
        body: { error: { code: "InvalidParameter", target } },
      });
    }
    expect(await ask("GET", "settings")).toEqual(before);
    expect((await ask("GET", "faults")).body).toEqual({ requests: [], operations: [] });
    expect((await arm.ask("GET", vmId("web-01"))).status).toBe(200);
  });
});
