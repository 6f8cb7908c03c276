import { describe, expect, test } from "vitest";
import { headerOf } from "./ask.ts";
import { givenVm, POLL } from "./given.ts";
import { GROUP, LOCATION, SUBSCRIPTION, vmId } from "./names.ts";
import { type Arm, azuriteOfThisFile } from "./scene.ts";
import { finished } from "./wait.ts";

const start = azuriteOfThisFile();

async function instanceViewOf({ client }: Arm) {
  const { instanceView } = await client.virtualMachines.get(GROUP, "web-01", {
    expand: "instanceView",
  });
  return instanceView;
}

async function powerStateOf(arm: Arm): Promise<string | undefined> {
  const codes = (await instanceViewOf(arm))?.statuses?.map(({ code }) => code);
  return codes?.find((code) => code?.startsWith("PowerState/"));
}

describe("the power state of a VM", () => {
  test.each([
    ["deallocate", "PowerState/deallocated"],
    ["powerOff", "PowerState/stopped"],
    ["restart", "PowerState/running"],
  ] as const)("after %s is %s", async (action, state) => {
    const arm = await start();
    await givenVm(arm, "web-01");
    await arm.client.virtualMachines[action](GROUP, "web-01", POLL);
    expect(await powerStateOf(arm)).toBe(state);
  });

  test("is running again after a start, and no agent reports until then", async () => {
    const arm = await start();
    await givenVm(arm, "web-01");
    await arm.client.virtualMachines.deallocate(GROUP, "web-01", POLL);
    expect((await instanceViewOf(arm))?.vmAgent).toBeUndefined();
    await arm.client.virtualMachines.start(GROUP, "web-01", POLL);
    expect(await powerStateOf(arm)).toBe("PowerState/running");
  });

  test("changes only when the action has ended, and a PUT meanwhile does not undo it", async () => {
    const arm = await start({ virtualMachineActionMs: 300 });
    await givenVm(arm, "web-01");
    const accepted = await arm.ask("POST", `${vmId("web-01")}/deallocate`);
    expect(await powerStateOf(arm)).toBe("PowerState/running");
    await givenVm(arm, "web-01", { tags: { env: "prod" } });
    await finished(arm, accepted);
    expect(await powerStateOf(arm)).toBe("PowerState/deallocated");
  });
});

describe("an action on a VM", () => {
  test("is accepted with the address of its status, named after the request", async () => {
    const arm = await start({ virtualMachineActionMs: 60_000, retryAfterSeconds: 7 });
    await givenVm(arm, "web-01", { location: "West Europe" });
    const accepted = await arm.ask("POST", `${vmId("web-01")}/start`);
    expect(accepted).toMatchObject({ status: 202, body: undefined });
    const id = headerOf(accepted, "x-ms-request-id");
    const address = `${arm.emulator.url}/subscriptions/${SUBSCRIPTION}/providers/Microsoft.Compute/locations/${LOCATION}/operations/${id}`;
    const query = "api-version=2026-04-01";
    expect(headerOf(accepted, "Azure-AsyncOperation")).toBe(`${address}?${query}`);
    expect(headerOf(accepted, "Location")).toBe(`${address}?monitor=true&${query}`);
    expect(headerOf(accepted, "Retry-After")).toBe("7");
    const status = await arm.ask("GET", headerOf(accepted, "Azure-AsyncOperation"));
    expect(status.status).toBe(200);
    expect(status.body).toEqual({
      startTime: expect.stringMatching(/^\d{4}-.*Z$/),
      status: "InProgress",
      name: id,
    });
    expect(await arm.ask("GET", headerOf(accepted, "Location"))).toMatchObject({ status: 202 });
  });

  test("that has ended answers Succeeded at its status, and 200 without a body at Location", async () => {
    const arm = await start();
    await givenVm(arm, "web-01");
    const accepted = await arm.ask("POST", `${vmId("web-01")}/restart`);
    expect(await finished(arm, accepted)).toEqual({
      startTime: expect.any(String),
      endTime: expect.any(String),
      status: "Succeeded",
      name: headerOf(accepted, "x-ms-request-id"),
    });
    expect(await arm.ask("GET", headerOf(accepted, "Location"))).toMatchObject({
      status: 200,
      body: undefined,
    });
  });

  test("has no Retry-After unless one is set", async () => {
    const arm = await start();
    await givenVm(arm, "web-01");
    const { headers } = await arm.ask("POST", `${vmId("web-01")}/restart`);
    expect(headers.has("Retry-After")).toBe(false);
  });

  test("of which nobody knows is 404", async () => {
    const arm = await start();
    const path = `/subscriptions/${SUBSCRIPTION}/providers/Microsoft.Compute/locations/eastus/operations/0`;
    expect((await arm.ask("GET", path)).status).toBe(404);
    expect((await arm.ask("POST", `${vmId("nope")}/start`)).status).toBe(404);
  });

  test("fails with the error that a test asks for, and leaves the power state", async () => {
    const arm = await start();
    await givenVm(arm, "web-01");
    const failure = { code: "AllocationFailed", message: "Allocation failed." };
    const kind = "actOnVirtualMachine";
    arm.emulator.faults.failNextOperation({ kind, vm: "WEB-01", ...failure });
    await expect(arm.client.virtualMachines.deallocate(GROUP, "web-01", POLL)).rejects.toThrow(
      /AllocationFailed/,
    );
    expect(await powerStateOf(arm)).toBe("PowerState/running");
    await arm.client.virtualMachines.deallocate(GROUP, "web-01", POLL);
    expect(await powerStateOf(arm)).toBe("PowerState/deallocated");
  });

  test("fails when the VM is deleted before it ends", async () => {
    const arm = await start({ virtualMachineActionMs: 300 });
    await givenVm(arm, "web-01");
    const accepted = await arm.ask("POST", `${vmId("web-01")}/start`);
    await arm.ask("DELETE", vmId("web-01"));
    expect(await finished(arm, accepted)).toMatchObject({
      status: "Failed",
      error: { code: "NotFound" },
    });
    expect((await arm.ask("GET", headerOf(accepted, "Location"))).status).toBe(409);
  });
});
