import { describe, expect, test } from "vitest";
import { countBlobs } from "./count-blobs.ts";
import { all, givenCollection, givenProtectedVm, givenRestorePoint, givenVm } from "./given.ts";
import {
  collectionId,
  diskId,
  GROUP,
  groupPath,
  LOCATION,
  networkInterfaceId,
  SUBSCRIPTION,
  vmId,
} from "./names.ts";
import { type Arm, azuriteOfThisFile } from "./scene.ts";
import { finished } from "./wait.ts";

const start = azuriteOfThisFile();
const GROUP_PATH = groupPath(GROUP);
const OTHER = groupPath("other-rg");

const putGroup = async ({ ask }: Arm, path: string, tags?: object) =>
  await ask("PUT", path, { body: { location: "West Europe", ...(tags ? { tags } : {}) } });

describe("a resource group", () => {
  test("is made, read, tagged and listed", async () => {
    const arm = await start();
    const group = {
      id: OTHER,
      name: "other-rg",
      type: "Microsoft.Resources/resourceGroups",
      location: LOCATION,
      tags: { env: "prod" },
      properties: { provisioningState: "Succeeded" },
    };
    expect(await putGroup(arm, OTHER, { env: "prod" })).toMatchObject({ status: 201, body: group });
    expect((await putGroup(arm, OTHER, { env: "prod" })).status).toBe(200);
    expect((await arm.ask("GET", OTHER.toUpperCase())).body).toEqual(group);
    const patched = await arm.ask("PATCH", OTHER, { body: { tags: { env: "test" } } });
    expect(patched).toMatchObject({ status: 200, body: { tags: { env: "test" } } });
    const list = await arm.ask("GET", `/subscriptions/${SUBSCRIPTION}/resourceGroups`);
    expect(list.body).toMatchObject({ value: [{ name: "other-rg" }, { name: GROUP }] });
  });

  test("answers HEAD with whether it is there", async () => {
    const arm = await start();
    expect((await arm.ask("HEAD", GROUP_PATH)).status).toBe(204);
    expect((await arm.ask("HEAD", OTHER)).status).toBe(404);
  });

  test("stays in its region", async () => {
    const arm = await start();
    expect(await arm.ask("PUT", GROUP_PATH, { body: { location: "eastus" } })).toMatchObject({
      status: 409,
      body: { error: { code: "InvalidResourceLocation" } },
    });
  });

  test("that is not there gives ARM's own words", async () => {
    const arm = await start();
    for (const method of ["GET", "DELETE"]) {
      expect(await arm.ask(method, OTHER)).toMatchObject({
        status: 404,
        body: {
          error: {
            code: "ResourceGroupNotFound",
            message: "Resource group 'other-rg' could not be found.",
          },
        },
      });
    }
  });

  test("is announced to Event Grid, like every resource", async () => {
    const arm = await start();
    await putGroup(arm, OTHER);
    await finished(arm, await arm.ask("DELETE", OTHER));
    const operations = arm.changes.map(({ operationName, resourceId }) => [
      operationName,
      resourceId,
    ]);
    expect(operations).toEqual([
      ["Microsoft.Resources/subscriptions/resourceGroups/write", OTHER],
      ["Microsoft.Resources/subscriptions/resourceGroups/delete", OTHER],
    ]);
  });
});

describe("deleting a resource group", () => {
  test("takes everything in it along, bytes too, and tells of each resource", async () => {
    const arm = await start();
    const blobs = await countBlobs(arm);
    await givenProtectedVm(arm);
    await arm.emulator.disk(diskId("web-01_DataDisk_0")).write(0, Buffer.alloc(512, "x"));
    await givenRestorePoint(arm, "web-01-rpc", "rp-1");
    expect(await countBlobs(arm)).toBeGreaterThan(blobs);
    const before = arm.changes.length;
    const accepted = await arm.ask("DELETE", GROUP_PATH);
    expect(accepted.status).toBe(202);
    expect(await finished(arm, accepted)).toMatchObject({ status: "Succeeded" });
    expect((await arm.ask("HEAD", GROUP_PATH)).status).toBe(404);
    await putGroup(arm, GROUP_PATH);
    for (const id of [vmId("web-01"), collectionId("web-01-rpc"), diskId("web-01_OsDisk_1")]) {
      expect((await arm.ask("GET", id)).status).toBe(404);
    }
    expect(await all(arm.client.disks.list())).toEqual([]);
    expect(await countBlobs(arm)).toBe(blobs);
    const gone = arm.changes.slice(before).filter(({ category }) => category === "Delete");
    expect(gone.map(({ resourceId }) => resourceId)).toEqual(
      expect.arrayContaining([vmId("web-01"), collectionId("web-01-rpc"), GROUP_PATH]),
    );
  });

  test("refuses what shall still be written into it", async () => {
    const arm = await start({ deleteMs: 3_600_000 });
    await arm.ask("DELETE", GROUP_PATH);
    expect((await arm.ask("GET", GROUP_PATH)).body).toMatchObject({
      properties: { provisioningState: "Deleting" },
    });
    const refused = { status: 409, body: { error: { code: "ResourceGroupBeingDeleted" } } };
    expect(await putGroup(arm, GROUP_PATH)).toMatchObject(refused);
    await expect(givenVm(arm, "web-01")).rejects.toMatchObject({
      code: "ResourceGroupBeingDeleted",
    });
  });

  test("is refused while something in it is read through a SAS", async () => {
    const arm = await start();
    await givenProtectedVm(arm);
    const point = await givenRestorePoint(arm, "web-01-rpc", "rp-1");
    const disk = point.sourceMetadata?.storageProfile?.osDisk?.diskRestorePoint?.id ?? "";
    const body = { access: "Read", durationInSeconds: 3600 };
    await finished(arm, await arm.ask("POST", `${disk}/beginGetAccess`, { body }));
    expect(await arm.ask("DELETE", GROUP_PATH)).toMatchObject({
      status: 409,
      body: { error: { message: expect.stringContaining("shared access signature") } },
    });
    await finished(arm, await arm.ask("POST", `${disk}/endGetAccess`));
    expect(await finished(arm, await arm.ask("DELETE", GROUP_PATH))).toMatchObject({
      status: "Succeeded",
    });
  });

  test("is refused while a VM elsewhere uses a disk or a network interface of it", async () => {
    const arm = await start();
    await putGroup(arm, OTHER);
    const properties = { ipConfigurations: [{ name: "one", properties: {} }] };
    const body = { location: LOCATION, properties };
    await arm.ask("PUT", networkInterfaceId("nic-01"), { body });
    const networkProfile = { networkInterfaces: [{ id: networkInterfaceId("nic-01") }] };
    const osDisk = { createOption: "FromImage", diskSizeGB: 1 };
    const vm = { location: LOCATION, properties: { networkProfile, storageProfile: { osDisk } } };
    const path = vmId("elsewhere").replace(GROUP_PATH, OTHER);
    await finished(arm, await arm.ask("PUT", path, { body: vm }));
    expect(await arm.ask("DELETE", GROUP_PATH)).toMatchObject({
      status: 409,
      body: { error: { message: expect.stringContaining("nic-01 is used by VM") } },
    });
    await finished(arm, await arm.ask("DELETE", OTHER));
    expect((await arm.ask("DELETE", GROUP_PATH)).status).toBe(202);
  });

  test("that fails leaves everything as it was", async () => {
    const arm = await start();
    await givenProtectedVm(arm);
    const error = { code: "InternalError", message: "No." };
    arm.emulator.faults.addToOperations({ kind: "deleteResourceGroup", outcome: error });
    const ended = await finished(arm, await arm.ask("DELETE", GROUP_PATH));
    expect(ended).toMatchObject({ status: "Failed", error });
    expect((await arm.ask("GET", GROUP_PATH)).body).toMatchObject({
      properties: { provisioningState: "Succeeded" },
    });
    expect((await arm.ask("GET", vmId("web-01"))).status).toBe(200);
    expect(arm.changes.at(-1)).toMatchObject({ resourceId: GROUP_PATH, status: "Failed" });
  });

  test("leaves the collection of a deleted VM that lies in another group", async () => {
    const arm = await start();
    await putGroup(arm, OTHER);
    await givenVm(arm, "web-01");
    await givenCollection(arm, "web-01-rpc");
    const path = collectionId("kept-rpc").replace(GROUP_PATH, OTHER);
    const body = { location: LOCATION, properties: { source: { id: vmId("web-01") } } };
    await arm.ask("PUT", path, { body });
    await finished(arm, await arm.ask("DELETE", GROUP_PATH));
    expect((await arm.ask("GET", path)).status).toBe(200);
  });
});
