import { describe, expect, test } from "vitest";
import { all, givenVm, POLL, vmModel } from "./given.ts";
import { diskId, GROUP, groupPath, LOCATION, vmId } from "./names.ts";
import { azuriteOfThisFile } from "./scene.ts";

const start = azuriteOfThisFile();

describe("creating a VM", () => {
  test("from an image makes its disks beside it", async () => {
    const arm = await start();
    const vm = await givenVm(arm, "web-01", { tags: { env: "prod" }, zones: ["1"] });
    expect(vm).toMatchObject({
      id: vmId("web-01"),
      name: "web-01",
      type: "Microsoft.Compute/virtualMachines",
      location: LOCATION,
      tags: { env: "prod" },
      zones: ["1"],
      hardwareProfile: { vmSize: "Standard_D2s_v5" },
      provisioningState: "Succeeded",
    });
    expect(vm.vmId).toMatch(/^[0-9a-f-]{36}$/);
    expect(vm.storageProfile).toMatchObject({
      osDisk: {
        osType: "Linux",
        name: "web-01_OsDisk_1",
        diskSizeGB: 30,
        managedDisk: { id: diskId("web-01_OsDisk_1") },
      },
      dataDisks: [{ lun: 0, diskSizeGB: 8, managedDisk: { id: diskId("web-01_DataDisk_0") } }],
    });
    const disk = await arm.client.disks.get(GROUP, "web-01_DataDisk_0");
    expect(disk).toMatchObject({ diskSizeGB: 8, zones: ["1"] });
  });

  test("takes the names and kinds of disks that are asked for", async () => {
    const arm = await start();
    const vm = await givenVm(arm, "web-01", {
      storageProfile: {
        osDisk: { name: "boot", createOption: "FromImage", osType: "Windows" },
        dataDisks: [
          {
            lun: 3,
            name: "fast",
            createOption: "Empty",
            diskSizeGB: 4,
            caching: "ReadOnly",
            managedDisk: { storageAccountType: "PremiumV2_LRS" },
          },
        ],
      },
    });
    expect(vm.storageProfile?.osDisk).toMatchObject({ name: "boot", osType: "Windows" });
    expect(vm.storageProfile?.dataDisks).toMatchObject([
      { lun: 3, caching: "ReadOnly", managedDisk: { storageAccountType: "PremiumV2_LRS" } },
    ]);
    expect(await arm.client.disks.get(GROUP, "fast")).toMatchObject({
      sku: { name: "PremiumV2_LRS" },
    });
  });

  test("attaches disks that exist", async () => {
    const arm = await start();
    for (const name of ["boot", "data"]) {
      const model = {
        location: LOCATION,
        creationData: { createOption: "Empty" },
        diskSizeGB: 16,
      } as const;
      await arm.client.disks.createOrUpdate(GROUP, name, model, POLL);
    }
    const vm = await givenVm(arm, "web-01", {
      storageProfile: {
        osDisk: { createOption: "Attach", osType: "Linux", managedDisk: { id: diskId("boot") } },
        dataDisks: [{ lun: 0, createOption: "Attach", managedDisk: { id: diskId("DATA") } }],
      },
    });
    expect(vm.storageProfile?.osDisk).toMatchObject({ name: "boot", diskSizeGB: 16 });
    expect(vm.storageProfile?.dataDisks).toMatchObject([{ managedDisk: { id: diskId("data") } }]);
    expect(await all(arm.client.disks.listByResourceGroup(GROUP))).toHaveLength(2);
  });

  test("is refused when a disk to attach does not exist", async () => {
    const arm = await start();
    const storageProfile = {
      osDisk: { createOption: "Attach", managedDisk: { id: diskId("nope") } },
    } as const;
    await expect(givenVm(arm, "web-01", { storageProfile })).rejects.toMatchObject({
      statusCode: 404,
    });
    expect((await arm.ask("GET", vmId("web-01"))).status).toBe(404);
  });

  test("is refused in a resource group that does not exist, or with a body that is no VM's", async () => {
    const { ask } = await start();
    const path = `${groupPath("nope")}/providers/Microsoft.Compute/virtualMachines/web-01`;
    const { storageProfile } = vmModel();
    const body = { location: LOCATION, properties: { storageProfile } };
    expect(await ask("PUT", path, { body })).toMatchObject({
      status: 404,
      body: { error: { code: "ResourceGroupNotFound" } },
    });
    expect(await ask("PUT", vmId("web-01"), { body: { location: LOCATION } })).toMatchObject({
      status: 400,
      body: {
        error: {
          code: "InvalidParameter",
          target: "properties",
          message: expect.stringMatching(/^properties: /),
        },
      },
    });
  });

  test("again changes it, and it stays the same VM", async () => {
    const arm = await start();
    const before = await givenVm(arm, "web-01", { tags: { env: "prod" } });
    const after = await givenVm(arm, "WEB-01", { tags: { env: "test" } });
    expect(after).toMatchObject({ id: before.id, vmId: before.vmId, tags: { env: "test" } });
    const { storageProfile: _, ...read } = after;
    const { storageProfile } = before;
    const written = await givenVm(arm, "web-01", {
      ...read,
      ...(storageProfile && { storageProfile }),
    });
    expect(written.storageProfile).toEqual(before.storageProfile);
  });

  test("again in another region is refused", async () => {
    const arm = await start();
    await givenVm(arm, "web-01");
    await givenVm(arm, "web-01", { location: "West Europe" });
    await expect(givenVm(arm, "web-01", { location: "eastus" })).rejects.toMatchObject({
      statusCode: 409,
      code: "InvalidResourceLocation",
    });
  });
});
