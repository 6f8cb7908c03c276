import { describe, expect, test } from "vitest";
import { givenVm } from "./given.ts";
import { diskId, GROUP, vmId } from "./names.ts";
import { type Arm, azuriteOfThisFile } from "./scene.ts";

const start = azuriteOfThisFile();

const statusesOf = async ({ ask }: Arm, times: number) => {
  const statuses: number[] = [];
  while (statuses.length < times) statuses.push((await ask("GET", vmId("web-01"))).status);
  return statuses;
};

describe("bad weather on demand", () => {
  test("answers instead of Azure, and then stops", async () => {
    const arm = await start();
    await givenVm(arm, "web-01");
    const headers = { "Retry-After": "17" };
    const body = { error: { code: "ServerBusy", message: "Later." } };
    arm.emulator.faults.add({ answer: { status: 503, headers, body } });
    const failed = await arm.ask("GET", vmId("web-01"));
    expect(failed).toMatchObject({ status: 503, body });
    expect(failed.headers.get("retry-after")).toBe("17");
    expect(await statusesOf(arm, 2)).toEqual([200, 200]);
  });

  test("meets as many requests as it is told to", async () => {
    const arm = await start();
    await givenVm(arm, "web-01");
    arm.emulator.faults.add({ times: 2, answer: { status: 500 } });
    arm.emulator.faults.add({ answer: { status: 502 } });
    expect(await statusesOf(arm, 4)).toEqual([500, 500, 502, 200]);
  });

  test("meets only the method and the path that it is meant for", async () => {
    const arm = await start();
    await givenVm(arm, "web-01");
    arm.emulator.faults.add({
      method: "DELETE",
      path: /\/virtualMachines\//i,
      answer: { status: 500 },
    });
    expect(await statusesOf(arm, 1)).toEqual([200]);
    expect((await arm.ask("DELETE", diskId("nope"))).status).toBe(204);
    expect((await arm.ask("DELETE", vmId("web-01"))).status).toBe(500);
    expect((await arm.ask("DELETE", vmId("web-01"))).status).toBe(202);
  });

  test("cuts the connection before anything is done", async () => {
    const arm = await start();
    await givenVm(arm, "web-01");
    arm.emulator.faults.add({ method: "DELETE", answer: "reset" });
    await expect(arm.ask("DELETE", vmId("web-01"))).rejects.toThrow();
    expect(await statusesOf(arm, 1)).toEqual([200]);
  });

  test("cuts the connection after everything is done", async () => {
    const arm = await start();
    await givenVm(arm, "web-01");
    arm.emulator.faults.add({ method: "DELETE", answer: "drop-response" });
    await expect(arm.ask("DELETE", vmId("web-01"))).rejects.toThrow();
    await arm.emulator.emulator.operations.idle();
    expect(await statusesOf(arm, 1)).toEqual([404]);
  });

  test("delays a request, which is then handled", async () => {
    const arm = await start();
    await givenVm(arm, "web-01");
    arm.emulator.faults.add({ answer: { delayMs: 100 } });
    const before = Date.now();
    expect(await statusesOf(arm, 1)).toEqual([200]);
    // A timer may be a millisecond early.
    expect(Date.now() - before).toBeGreaterThanOrEqual(99);
  });

  test("ends when it is cleared, also for operations", async () => {
    const arm = await start();
    await givenVm(arm, "web-01");
    arm.emulator.faults.add({ times: 1000, answer: { status: 500 } });
    const failure = { kind: "actOnVirtualMachine", code: "Nope", message: "No." } as const;
    arm.emulator.faults.failNextOperation(failure);
    arm.emulator.faults.clear();
    expect(await statusesOf(arm, 1)).toEqual([200]);
    const poll = { updateIntervalInMs: 10 };
    await arm.client.virtualMachines.restart(GROUP, "web-01", poll);
  });
});

describe("the request log", () => {
  test("has method, path, status and time of every request, and nothing secret", async () => {
    const arm = await start();
    arm.emulator.clearRequests();
    const before = Date.now();
    await arm.ask("GET", vmId("web-01"), { query: "?api-version=2026-04-01&sig=secret" });
    await arm.ask("GET", vmId("WEB-02"), { token: null });
    expect(arm.emulator.requests).toMatchObject([
      { at: expect.any(Number), method: "GET", path: vmId("web-01"), status: 404 },
      { at: expect.any(Number), method: "GET", path: vmId("WEB-02"), status: 401 },
    ]);
    expect(JSON.stringify(arm.emulator.exchanges())).not.toContain("secret");
    expect(arm.emulator.requests.every(({ at }) => at >= before && at <= Date.now())).toBe(true);
  });

  test("has no status for a request whose connection was cut", async () => {
    const arm = await start();
    arm.emulator.clearRequests();
    for (const answer of ["reset", "drop-response"] as const) {
      arm.emulator.faults.add({ answer });
      await expect(arm.ask("GET", vmId("web-01"))).rejects.toThrow();
    }
    expect(arm.emulator.requests).toHaveLength(2);
    expect(arm.emulator.requests.every(({ status }) => status === undefined)).toBe(true);
  });
});
