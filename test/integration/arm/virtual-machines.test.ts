import { describe, expect, test } from "vitest";
import { all, givenCollection, givenVm, POLL, vmModel } from "./given.ts";
import { collectionId, GROUP, groupPath, LOCATION, vmId } from "./names.ts";
import { azuriteOfThisFile } from "./scene.ts";

const start = azuriteOfThisFile();

describe("reading a VM", () => {
  test("has no instance view unless it is asked for", async () => {
    const arm = await start();
    expect((await givenVm(arm, "web-01")).instanceView).toBeUndefined();
    const { instanceView } = await arm.client.virtualMachines.get(GROUP, "web-01", {
      expand: "instanceView",
    });
    expect(instanceView?.statuses?.map(({ code }) => code)).toEqual([
      "ProvisioningState/succeeded",
      "PowerState/running",
    ]);
    expect(instanceView?.vmAgent?.statuses).toMatchObject([{ displayStatus: "Ready" }]);
  });

  test("does not mind the casing of its id, and answers with its own", async () => {
    const arm = await start();
    await givenVm(arm, "web-01");
    const shouted = vmId("web-01").toUpperCase();
    expect(await arm.ask("GET", shouted)).toMatchObject({
      status: 200,
      body: { id: vmId("web-01"), name: "web-01" },
    });
  });

  test("that does not exist gives ARM's own words", async () => {
    const { ask } = await start();
    expect(await ask("GET", vmId("nope"))).toMatchObject({
      status: 404,
      body: {
        error: {
          code: "ResourceNotFound",
          message: `The Resource 'Microsoft.Compute/virtualMachines/nope' under resource group '${GROUP}' was not found. For more details please go to https://aka.ms/ARMResourceNotFoundFix`,
        },
      },
    });
  });
});

test("patching a VM's tags replaces all of them", async () => {
  const arm = await start();
  await givenVm(arm, "web-01", { tags: { env: "prod", owner: "ann" } });
  const update = (tags: Record<string, string>) =>
    arm.client.virtualMachines.update(GROUP, "web-01", { tags }, POLL);
  expect((await update({ "restore-points": "daily" })).tags).toEqual({ "restore-points": "daily" });
  expect((await update({})).tags).toEqual({});
});

test("deleting a VM leaves its disks and its restore point collection", async () => {
  const arm = await start();
  await givenVm(arm, "web-01");
  await givenCollection(arm, "web-01-rpc");
  await arm.client.virtualMachines.delete(GROUP, "web-01", POLL);
  expect((await arm.ask("GET", vmId("web-01"))).status).toBe(404);
  expect((await arm.ask("DELETE", vmId("web-01"))).status).toBe(204);
  expect(await all(arm.client.disks.listByResourceGroup(GROUP))).toHaveLength(2);
  expect(await arm.client.restorePointCollections.get(GROUP, "web-01-rpc")).toMatchObject({
    id: collectionId("web-01-rpc"),
    source: { id: vmId("web-01") },
  });
});

describe("listing VMs", () => {
  test("goes over as many pages as there are, by group and by subscription", async () => {
    const arm = await start({ throttlingFactor: 0 });
    await arm.ask("PUT", groupPath("other-rg"), { body: { location: LOCATION } });
    const names = Array.from({ length: 101 }, (_, index) => `vm-${`${index}`.padStart(3, "0")}`);
    const storageProfile = { osDisk: { createOption: "FromImage", diskSizeGB: 1 } } as const;
    await Promise.all(names.map((name) => givenVm(arm, name, { storageProfile })));
    await arm.client.virtualMachines.createOrUpdate("other-rg", "alone", vmModel(), POLL);
    const inGroup = await all(arm.client.virtualMachines.list(GROUP));
    expect(inGroup.map(({ name }) => name)).toEqual(names);
    expect(await all(arm.client.virtualMachines.listAll())).toHaveLength(102);
    const lists = arm.emulator.requests.filter(({ path }) => path.endsWith("/virtualMachines"));
    expect(lists).toHaveLength(4);
  });

  test("spells the resource group in upper case, as Azure's lists do", async () => {
    const arm = await start();
    await givenVm(arm, "web-01");
    const [vm] = await all(arm.client.virtualMachines.listAll());
    expect(vm?.id).toBe(vmId("web-01").replace(GROUP, GROUP.toUpperCase()));
  });

  test("of another subscription or group has none of these", async () => {
    const arm = await start();
    await givenVm(arm, "web-01");
    await arm.ask("PUT", groupPath("web"), { body: { location: LOCATION } });
    expect(await all(arm.client.virtualMachines.list("web"))).toEqual([]);
    const path =
      "/subscriptions/99999999-0000-0000-0000-000000000000/providers/Microsoft.Compute/virtualMachines";
    expect((await arm.ask("GET", path)).body).toEqual({ value: [] });
  });
});
