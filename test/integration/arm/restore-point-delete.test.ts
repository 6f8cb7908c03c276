import { describe, expect, test } from "vitest";
import { headerOf } from "./ask.ts";
import { givenProtectedVm, givenRestorePoint, POLL } from "./given.ts";
import { GROUP, restorePointId, vmId } from "./names.ts";
import { azuriteOfThisFile } from "./scene.ts";
import { finished } from "./wait.ts";

const start = azuriteOfThisFile();

const RP = restorePointId("web-01-rpc", "rp-1");

describe("deleting a restore point", () => {
  test("is accepted with both addresses, and says Deleting until it is done", async () => {
    const arm = await start({ deleteMs: 300 });
    await givenProtectedVm(arm);
    await givenRestorePoint(arm, "web-01-rpc", "rp-1");
    const accepted = await arm.ask("DELETE", RP);
    expect(accepted).toMatchObject({ status: 202, body: undefined });
    expect((await arm.ask("GET", headerOf(accepted, "Location"))).status).toBe(202);
    expect((await arm.ask("GET", RP)).body).toMatchObject({
      properties: { provisioningState: "Deleting" },
    });
    expect(await finished(arm, accepted)).toMatchObject({ status: "Succeeded" });
    expect(await arm.ask("GET", headerOf(accepted, "Location"))).toMatchObject({
      status: 200,
      body: undefined,
    });
  });

  test("through the SDK waits until it is gone, with the recorded words for what is not there", async () => {
    const arm = await start();
    await givenProtectedVm(arm);
    await givenRestorePoint(arm, "web-01-rpc", "rp-1");
    await arm.client.restorePoints.delete(GROUP, "WEB-01-RPC", "RP-1", POLL);
    expect((await arm.ask("GET", RP)).body).toEqual({
      error: { code: "NotFound", message: "The entity was not found in this Azure location." },
    });
    await givenRestorePoint(arm, "web-01-rpc", "rp-1");
  });

  test("that does not exist answers 204", async () => {
    const arm = await start();
    expect((await arm.ask("DELETE", RP)).status).toBe(204);
    await givenProtectedVm(arm);
    expect((await arm.ask("DELETE", RP)).status).toBe(204);
  });

  test("is refused while it is being created", async () => {
    const arm = await start({ applicationConsistentCreateMs: 60_000 });
    await givenProtectedVm(arm);
    await arm.ask("PUT", RP, { body: {} });
    expect(await arm.ask("DELETE", RP)).toMatchObject({
      status: 409,
      body: { error: { code: "OperationNotAllowed" } },
    });
  });

  test("works after its VM is gone", async () => {
    const arm = await start();
    await givenProtectedVm(arm);
    await givenRestorePoint(arm, "web-01-rpc", "rp-1");
    await arm.ask("DELETE", vmId("web-01"));
    await arm.client.restorePoints.delete(GROUP, "web-01-rpc", "rp-1", POLL);
    expect((await arm.ask("GET", RP)).status).toBe(404);
  });

  test("that fails leaves it as it was", async () => {
    const arm = await start();
    await givenProtectedVm(arm);
    await givenRestorePoint(arm, "web-01-rpc", "rp-1");
    arm.emulator.faults.failNextOperation({
      kind: "deleteRestorePoint",
      code: "DiskRestorePointUsedByCustomer",
      message: "There is an active shared access signature outstanding for disk restore point.",
    });
    const remove = () => arm.client.restorePoints.delete(GROUP, "web-01-rpc", "rp-1", POLL);
    await expect(remove()).rejects.toThrow(/DiskRestorePointUsedByCustomer/);
    expect((await arm.ask("GET", RP)).body).toMatchObject({
      properties: { provisioningState: "Succeeded" },
    });
    await remove();
  });
});
