import { describe, expect, test } from "vitest";
import { givenProtectedVm, givenRestorePoint, givenVm, POLL } from "../given.ts";
import { collectionId, diskId, GROUP, groupPath, vmId } from "../names.ts";
import { azuriteOfThisFile } from "../scene.ts";
import { controlOf } from "./control-scene.ts";

const start = azuriteOfThisFile();
const DATA = diskId("web-01_DataDisk_0");
const query = (rest: Record<string, string>) => new URLSearchParams(rest).toString();

describe("faults", () => {
  test("of requests: as many as asked for, shown until then", async () => {
    const arm = await start();
    const { ask } = await controlOf(arm);
    const fault = { method: "get", path: "/VIRTUALMACHINES/", status: 503, error: "InternalError" };
    await ask("POST", "faults", { body: { ...fault, times: 2, headers: { "Retry-After": "7" } } });
    const answer = await arm.ask("GET", vmId("web-01"));
    expect(answer).toMatchObject({ status: 503, body: { error: { code: "InternalError" } } });
    expect(answer.headers.get("retry-after")).toBe("7");
    expect((await ask("GET", "faults")).body).toMatchObject({ requests: [{ ...fault, times: 1 }] });
    await ask("DELETE", "faults");
    expect((await arm.ask("GET", vmId("web-01"))).status).toBe(404);
  });

  test("of operations: a documented error by its name", async () => {
    const arm = await start();
    await givenProtectedVm(arm);
    const { ask } = await controlOf(arm);
    const body = {
      operation: "createRestorePoint",
      outcome: "fail",
      error: "VssWritersInBadState",
    };
    await ask("POST", "faults", { body });
    await expect(givenRestorePoint(arm, "web-01-rpc", "rp")).rejects.toThrow("VSS Writers");
  });

  test("a plan that GET answered can be given again", async () => {
    const { ask } = await controlOf(await start());
    const operations = [{ operation: "writeDisk", outcome: "hang", times: 3 }];
    const requests = [
      { connection: "reset", rate: 0.5 },
      { delayMs: 10, times: 1 },
    ];
    const { body } = await ask("POST", "faults", { body: { requests, operations } });
    expect(body).toEqual({ requests, operations });
    await ask("DELETE", "faults");
    expect((await ask("POST", "faults", { body })).body).toEqual(body);
  });

  test("the next call is throttled, with Retry-After", async () => {
    const arm = await start();
    const { ask } = await controlOf(arm);
    await ask("POST", "throttle", { body: { retryAfterSeconds: 17 } });
    const answer = await arm.ask("GET", vmId("web-01"));
    expect([answer.status, answer.headers.get("retry-after")]).toEqual([429, "17"]);
    expect((await arm.ask("GET", vmId("web-01"))).status).toBe(404);
  });
});

describe("time and operations", () => {
  test("nothing ends while operations are frozen, and all of it when they are released", async () => {
    const arm = await start();
    await givenVm(arm, "web-01");
    const { ask } = await controlOf(arm);
    await ask("POST", "operations/freeze");
    await arm.ask("POST", `${vmId("web-01")}/powerOff`);
    await ask("POST", "clock/advance", { body: { duration: "P1DT2H" } });
    expect((await ask("GET", "clock")).body).toMatchObject({ aheadSeconds: 93_600 });
    const underWay = { kind: "actOnVirtualMachine", target: vmId("web-01"), status: "InProgress" };
    expect((await ask("GET", "operations")).body).toMatchObject({
      value: expect.arrayContaining([expect.objectContaining(underWay)]),
    });
    await ask("POST", "operations/release");
    await arm.emulator.emulator.operations.idle();
    expect((await ask("GET", "operations")).body).toMatchObject({
      value: expect.arrayContaining([
        expect.objectContaining({ ...underWay, status: "Succeeded" }),
      ]),
    });
  });
});

describe("bytes and usage", () => {
  test("a point holds what changed since the one before it", async () => {
    const arm = await start({ throttlingFactor: 0 });
    await givenProtectedVm(arm);
    const { ask, bytes } = await controlOf(arm);
    const at = (offset: number) => `bytes?${query({ id: DATA, offset: `${offset}` })}`;
    await ask("PUT", at(0), { body: Buffer.alloc(1024, 1) });
    for (const name of ["a", "b", "c"]) {
      await givenRestorePoint(arm, "web-01-rpc", name);
      await ask("PUT", at(512), { body: Buffer.alloc(512, name) });
    }
    expect(await bytes(`${at(256)}&count=512`)).toEqual(
      Buffer.concat([Buffer.alloc(256, 1), Buffer.alloc(256, "c")]),
    );
    const increments = async (path: string) => {
      const { value, totals } = JSON.parse((await ask("GET", path)).text);
      const ofData = value.filter(({ diskId: id }: { diskId: string }) => id === DATA);
      return [ofData.map((each: { incrementBytes: number }) => each.incrementBytes), totals];
    };
    expect(await increments("usage")).toEqual([
      [1024, 512, 512],
      { diskRestorePoints: 6, incrementBytes: 2048 },
    ]);
    await arm.client.restorePoints.delete(GROUP, "web-01-rpc", "a", POLL);
    expect(await increments(`usage?${query({ collection: collectionId("web-01-rpc") })}`)).toEqual([
      [1024, 512],
      { diskRestorePoints: 4, incrementBytes: 1536 },
    ]);
    const point = await arm.client.restorePoints.get(GROUP, "web-01-rpc", "b");
    const id = point.sourceMetadata?.storageProfile?.dataDisks?.[0]?.diskRestorePoint?.id ?? "";
    const refused = await ask("PUT", `bytes?${query({ id })}`, { body: Buffer.alloc(512) });
    expect(refused.status).toBe(409);
  });
});

describe("reset and settings", () => {
  test("settings change at once, and a reset takes all of it back", async () => {
    const arm = await start({ previews: "enforced" });
    const { ask } = await controlOf(arm);
    const before = await ask("GET", "settings");
    const change = {
      previews: "open",
      retryAfterSeconds: 3,
      refusals: { activeSas: "failedOperation" },
    };
    const changed = await ask("PATCH", "settings", { body: change });
    expect(changed.body).toMatchObject({
      ...change,
      refusals: { concurrentCreate: "synchronous" },
    });
    await givenProtectedVm(arm);
    await ask("POST", "faults", { body: { status: 500 } });
    await ask("POST", "clock/advance", { body: { seconds: 5 } });
    await ask("POST", "operations/freeze");
    await ask("POST", "reset");
    expect(await ask("GET", "settings")).toEqual(before);
    expect((await ask("GET", "clock")).body).toMatchObject({ aheadSeconds: 0 });
    expect((await ask("GET", "operations")).body).toEqual({ value: [] });
    expect((await ask("GET", "requests")).text).toBe("");
    expect((await arm.ask("GET", vmId("web-01"))).status).toBe(404);
    await arm.ask("PUT", groupPath(GROUP), { body: { location: "westeurope" } });
    await givenProtectedVm(arm);
  });
});
