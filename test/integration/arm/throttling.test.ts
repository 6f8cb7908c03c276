import { describe, expect, test } from "vitest";
import { type Answer, headerOf } from "./ask.ts";
import { givenProtectedVm, givenRestorePoint, givenVm } from "./given.ts";
import { collectionId, groupPath, restorePointId, vmId } from "./names.ts";
import { type Arm, azuriteOfThisFile } from "./scene.ts";

const start = azuriteOfThisFile();
const MINUTE = 60_000;
const READS = "x-ms-ratelimit-remaining-subscription-reads";

/** Until one is refused. */
async function askUntilRefused(ask: () => Promise<Answer>): Promise<Answer> {
  for (let count = 0; count < 400; count++) {
    const answer = await ask();
    if (answer.status === 429) return answer;
  }
  throw new Error("None of 400 requests was refused.");
}

describe("Azure Resource Manager", () => {
  test("tells on every answer what is left, also on errors", async () => {
    const { ask } = await start();
    for (const path of [groupPath("web-rg"), vmId("nope"), "/subscriptions/x/nowhere"]) {
      expect(Number(headerOf(await ask("GET", path), READS))).toBeGreaterThan(200);
    }
  });

  test("refuses the reads that are too many, and takes them again after Retry-After", async () => {
    const arm = await start();
    const read = () => arm.ask("GET", groupPath("web-rg"));
    arm.emulator.settings.throttlingFactor = 0.02;
    const refused = await askUntilRefused(read);
    expect(refused.body).toMatchObject({
      error: { message: expect.stringContaining("exceeded") },
    });
    arm.emulator.advance(Number(headerOf(refused, "Retry-After")) * 1000);
    expect((await read()).status).toBe(200);
  });

  test("counts writes and deletes apart from reads", async () => {
    const arm = await start();
    const write = await arm.ask("DELETE", vmId("nope"));
    expect(headerOf(write, "x-ms-ratelimit-remaining-subscription-deletes")).toBe("199");
    expect(write.headers.has(READS)).toBe(false);
  });
});

describe("Compute", () => {
  test("refuses what is too much for one VM, and for no other, in its own words", async () => {
    const arm = await start();
    for (const name of ["web-01", "web-02"]) await givenVm(arm, name);
    const read = (name: string) => arm.ask("GET", vmId(name));
    const refused = await askUntilRefused(() => read("web-01"));
    expect(refused.body).toMatchObject({
      code: "OperationNotAllowed",
      details: [
        { code: "TooManyRequests", message: expect.stringContaining("allowedRequestCount") },
      ],
    });
    expect(refused.body).not.toHaveProperty("error");
    expect((await read("web-02")).status).toBe(200);
    arm.emulator.advance(Number(headerOf(refused, "Retry-After")) * 1000);
    expect((await read("web-01")).status).toBe(200);
  });

  test("takes a hundred times as much by setting, or everything", async () => {
    const arm = await start({ throttlingFactor: 100 });
    await givenProtectedVm(arm);
    for (const name of ["1", "2", "3", "4"]) await givenRestorePoint(arm, "web-01-rpc", name);
    arm.emulator.settings.throttlingFactor = 0;
    for (let count = 0; count < 300; count++) {
      expect((await arm.ask("GET", vmId("web-01"))).status).toBe(200);
    }
  });

  test("refuses the next call on demand", async () => {
    const arm = await start();
    await givenProtectedVm(arm);
    const { throttling } = arm.emulator.emulator;
    throttling.throttleNext({ retryAfterSeconds: 7 });
    const refused = await arm.ask("GET", collectionId("web-01-rpc"));
    expect(refused.status).toBe(429);
    expect(headerOf(refused, "Retry-After")).toBe("7");
    expect((await arm.ask("GET", collectionId("web-01-rpc"))).status).toBe(200);
  });
});

describe("by setting, the documented intervals between restore points hold", () => {
  const put = ({ ask }: Arm, name: string, properties: object = {}) =>
    ask("PUT", restorePointId("web-01-rpc", name), { body: { properties } });
  const CRASH = { consistencyMode: "CrashConsistent" };

  test.each([
    ["an hour, crash-consistent", 60, CRASH],
    ["three hours, application-consistent", 180, {}],
  ])("%s", async (_, minutes, properties) => {
    const arm = await start({ minimumIntervals: "documented" });
    await givenProtectedVm(arm);
    await givenRestorePoint(arm, "web-01-rpc", "rp-1", properties);
    arm.emulator.advance((minutes - 1) * MINUTE);
    expect((await put(arm, "rp-2", properties)).status).toBe(409);
    arm.emulator.advance(MINUTE);
    expect((await put(arm, "rp-2", properties)).status).toBe(201);
  });
});
