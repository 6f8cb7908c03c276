import { describe, expect, test } from "vitest";
import { type Answer, headerOf } from "./ask.ts";
import { givenProtectedVm, givenRestorePoint } from "./given.ts";
import { collectionId, diskId, restorePointId, SUBSCRIPTION, vmId } from "./names.ts";
import { type Arm, azuriteOfThisFile } from "./scene.ts";
import { finished } from "./wait.ts";

const start = azuriteOfThisFile();
const MINUTE = 60_000;
const RP = restorePointId("web-01-rpc", "rp-1");
const ERROR = { code: "InternalError", message: "No." };

const statusOf = async ({ ask }: Arm, accepted: Answer): Promise<unknown> =>
  (await ask("GET", headerOf(accepted, "Azure-AsyncOperation"))).body;

describe("an operation", () => {
  test("is named after its request, and tells when it began and ended", async () => {
    const arm = await start({ virtualMachineActionMs: MINUTE });
    await givenProtectedVm(arm);
    const accepted = await arm.ask("POST", `${vmId("web-01")}/restart`);
    const name = headerOf(accepted, "x-ms-request-id");
    const running = await statusOf(arm, accepted);
    expect(running).toEqual({ name, status: "InProgress", startTime: expect.any(String) });
    expect((await arm.ask("GET", headerOf(accepted, "Location"))).status).toBe(202);
    arm.emulator.advance(MINUTE);
    expect(await finished(arm, accepted)).toMatchObject({ name, status: "Succeeded" });
    expect((await arm.ask("GET", headerOf(accepted, "Location"))).status).toBe(200);
  });

  test("that failed has its error at both of its places", async () => {
    const arm = await start();
    await givenProtectedVm(arm);
    arm.emulator.faults.addToOperations({ kind: "createRestorePoint", outcome: ERROR });
    const accepted = await arm.ask("PUT", RP, { body: {} });
    expect(await finished(arm, accepted)).toMatchObject({ status: "Failed", error: ERROR });
    expect(await arm.ask("GET", headerOf(accepted, "Location"))).toMatchObject({
      status: 409,
      body: { error: ERROR },
    });
  });

  test("is known in its own subscription and region only", async () => {
    const arm = await start();
    await givenProtectedVm(arm);
    const accepted = await arm.ask("POST", `${vmId("web-01")}/restart`);
    const url = headerOf(accepted, "Azure-AsyncOperation");
    const other = SUBSCRIPTION.replace(/^1/, "9");
    for (const [from, to] of [
      [SUBSCRIPTION, other],
      ["westeurope", "eastus"],
      [headerOf(accepted, "x-ms-request-id"), "nope"],
    ] as const) {
      expect(await arm.ask("GET", url.replace(from, to))).toMatchObject({
        status: 404,
        body: { error: { code: "NotFound" } },
      });
    }
    expect((await arm.ask("GET", url.replace("westeurope", "WestEurope"))).status).toBe(200);
  });

  test("is kept for as long as the setting says", async () => {
    const arm = await start({ operationsKeptMs: 10 * MINUTE });
    await givenProtectedVm(arm);
    const accepted = await arm.ask("POST", `${vmId("web-01")}/restart`);
    await finished(arm, accepted);
    arm.emulator.advance(9 * MINUTE);
    expect(await statusOf(arm, accepted)).toMatchObject({ status: "Succeeded" });
    arm.emulator.advance(2 * MINUTE);
    expect(await statusOf(arm, accepted)).toMatchObject({ error: { code: "NotFound" } });
  });

  test("that hangs ends when it is released, and no earlier", async () => {
    const arm = await start();
    await givenProtectedVm(arm);
    arm.emulator.faults.addToOperations({ kind: "createRestorePoint", outcome: "hang" });
    const accepted = await arm.ask("PUT", RP, { body: {} });
    arm.emulator.advance(24 * 60 * MINUTE);
    expect(await statusOf(arm, accepted)).toMatchObject({ status: "InProgress" });
    expect((await arm.ask("GET", RP)).body).toMatchObject({
      properties: { provisioningState: "Creating" },
    });
    arm.emulator.emulator.operations.release();
    expect(await finished(arm, accepted)).toMatchObject({ status: "Succeeded" });
  });

  test("does not end while all of them are frozen", async () => {
    const arm = await start();
    await givenProtectedVm(arm);
    const { operations } = arm.emulator.emulator;
    operations.freeze();
    const accepted = await arm.ask("POST", `${vmId("web-01")}/powerOff`);
    arm.emulator.advance(MINUTE);
    await operations.idle();
    expect(await statusOf(arm, accepted)).toMatchObject({ status: "InProgress" });
    operations.release();
    expect(await finished(arm, accepted)).toMatchObject({ status: "Succeeded" });
  });

  test("answers with Retry-After only where it is set", async () => {
    const arm = await start({ retryAfterSeconds: 7 });
    await givenProtectedVm(arm);
    const restarted = await arm.ask("POST", `${vmId("web-01")}/restart`);
    expect(headerOf(restarted, "Retry-After")).toBe("7");
    arm.emulator.settings.retryAfterSeconds = undefined;
    const again = await arm.ask("POST", `${vmId("web-01")}/restart`);
    expect(again.headers.has("Retry-After")).toBe(false);
  });
});

describe("a deletion that fails leaves the resource, and is announced as failed", () => {
  test.each([
    ["deleteRestorePoint", RP, "Succeeded"],
    ["deleteRestorePointCollection", collectionId("web-01-rpc"), "Succeeded"],
    ["deleteDisk", diskId("lonely"), "Succeeded"],
    ["deleteVirtualMachine", vmId("web-01"), "Failed"],
  ] as const)("%s", async (kind, id, provisioningState) => {
    const arm = await start();
    await givenProtectedVm(arm);
    await givenRestorePoint(arm, "web-01-rpc", "rp-1");
    const properties = { creationData: { createOption: "Empty" }, diskSizeGB: 1 };
    const body = { location: "westeurope", properties };
    await finished(arm, await arm.ask("PUT", diskId("lonely"), { body }));
    arm.emulator.faults.addToOperations({ kind, outcome: ERROR });
    const before = (await arm.ask("GET", id)).body;
    expect(await finished(arm, await arm.ask("DELETE", id))).toMatchObject({
      status: "Failed",
      error: ERROR,
    });
    const { body: after } = await arm.ask("GET", id);
    expect(after).toMatchObject({ properties: { provisioningState } });
    if (kind !== "deleteVirtualMachine") expect(after).toEqual(before);
    expect(arm.changes.at(-1)).toMatchObject({
      resourceId: id,
      category: "Delete",
      status: "Failed",
    });
    expect(await finished(arm, await arm.ask("DELETE", id))).toMatchObject({ status: "Succeeded" });
    expect((await arm.ask("GET", id)).status).toBe(404);
    expect((await arm.ask("DELETE", id)).status).toBe(204);
  });
});

describe("a write that fails", () => {
  test("leaves a disk that was there, and none that was not", async () => {
    const arm = await start();
    const properties = { creationData: { createOption: "Empty" }, diskSizeGB: 1 };
    const put = () =>
      arm.ask("PUT", diskId("data"), { body: { location: "westeurope", properties } });
    const fault = { kind: "writeDisk", outcome: ERROR } as const;
    arm.emulator.faults.addToOperations(fault);
    await finished(arm, await put());
    expect((await arm.ask("GET", diskId("data"))).status).toBe(404);
    await finished(arm, await put());
    arm.emulator.faults.addToOperations(fault);
    await finished(arm, await put());
    expect((await arm.ask("GET", diskId("data"))).status).toBe(200);
  });

  test("leaves a VM that is Failed, and can be written again", async () => {
    const arm = await start();
    await givenProtectedVm(arm);
    arm.emulator.faults.addToOperations({ kind: "writeVirtualMachine", outcome: ERROR });
    const patch = () => arm.ask("PATCH", vmId("web-01"), { body: { tags: { a: "1" } } });
    await finished(arm, await patch());
    const stateOf = async () => (await arm.ask("GET", vmId("web-01"))).body;
    expect(await stateOf()).toMatchObject({ properties: { provisioningState: "Failed" } });
    expect(arm.changes.at(-1)).toMatchObject({ category: "Write", status: "Failed" });
    await finished(arm, await patch());
    expect(await stateOf()).toMatchObject({ properties: { provisioningState: "Succeeded" } });
  });
});
