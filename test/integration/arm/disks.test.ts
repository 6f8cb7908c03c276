import type { Disk } from "@azure/arm-compute";
import { describe, expect, test } from "vitest";
import { countBlobs } from "./count-blobs.ts";
import { all, givenVm, POLL } from "./given.ts";
import { diskId, GROUP, LOCATION } from "./names.ts";
import { type Arm, azuriteOfThisFile } from "./scene.ts";

const start = azuriteOfThisFile();

const GIB = 1024 ** 3;

const givenDisk = async ({ client }: Arm, name: string, rest: Partial<Disk> = {}) =>
  await client.disks.createOrUpdate(
    GROUP,
    name,
    { location: LOCATION, creationData: { createOption: "Empty" }, diskSizeGB: 8, ...rest },
    POLL,
  );

const sizeOf = async ({ emulator }: Arm, name: string) => emulator.disk(diskId(name)).sizeInBytes;

test("a disk is made with bytes of its size", async () => {
  const arm = await start();
  const disk = await givenDisk(arm, "data", {
    tags: { env: "prod" },
    zones: ["2"],
    sku: { name: "Premium_LRS" },
    osType: "Linux",
  });
  expect(disk).toMatchObject({
    id: diskId("data"),
    type: "Microsoft.Compute/disks",
    location: LOCATION,
    tags: { env: "prod" },
    zones: ["2"],
    sku: { name: "Premium_LRS" },
    osType: "Linux",
    diskSizeGB: 8,
    diskSizeBytes: 8 * GIB,
    provisioningState: "Succeeded",
  });
  expect(await sizeOf(arm, "data")).toBe(8 * GIB);
});

describe("a disk that exists", () => {
  test("grows, by PATCH or by PUT, together with its bytes", async () => {
    const arm = await start();
    await givenDisk(arm, "data");
    const patched = await arm.client.disks.update(GROUP, "data", { diskSizeGB: 16 }, POLL);
    expect(patched.diskSizeGB).toBe(16);
    expect((await givenDisk(arm, "data", { diskSizeGB: 32 })).diskSizeGB).toBe(32);
    expect(await sizeOf(arm, "data")).toBe(32 * GIB);
  });

  test("cannot shrink", async () => {
    const arm = await start();
    await givenDisk(arm, "data");
    const update = arm.client.disks.update(GROUP, "data", { diskSizeGB: 4 }, POLL);
    await expect(update).rejects.toMatchObject({ statusCode: 400 });
    await expect(givenDisk(arm, "data", { diskSizeGB: 4 })).rejects.toMatchObject({
      statusCode: 400,
    });
    expect(await sizeOf(arm, "data")).toBe(8 * GIB);
  });

  test("takes new tags and another SKU", async () => {
    const arm = await start();
    await givenDisk(arm, "data");
    const model = { tags: { env: "test" }, sku: { name: "StandardSSD_LRS" } };
    expect(await arm.client.disks.update(GROUP, "data", model, POLL)).toMatchObject({
      ...model,
      diskSizeGB: 8,
    });
  });

  test("stays in its region", async () => {
    const arm = await start();
    await givenDisk(arm, "data");
    await expect(givenDisk(arm, "data", { location: "eastus" })).rejects.toMatchObject({
      statusCode: 409,
      code: "InvalidResourceLocation",
    });
  });

  test("is shared when maxShares says so", async () => {
    const arm = await start();
    expect((await givenDisk(arm, "data")).maxShares).toBeUndefined();
    expect((await givenDisk(arm, "shared", { maxShares: 2 })).maxShares).toBe(2);
  });
});

describe("deleting a disk", () => {
  test("is refused while it is attached, and done when the VM is gone", async () => {
    const arm = await start();
    await givenVm(arm, "web-01");
    const remove = () => arm.client.disks.delete(GROUP, "WEB-01_datadisk_0", POLL);
    await expect(remove()).rejects.toMatchObject({ statusCode: 409, code: "OperationNotAllowed" });
    await arm.client.virtualMachines.delete(GROUP, "web-01", POLL);
    await remove();
    expect((await arm.ask("GET", diskId("web-01_DataDisk_0"))).status).toBe(404);
    expect((await arm.ask("DELETE", diskId("web-01_DataDisk_0"))).status).toBe(204);
  });

  test("deletes its bytes", async () => {
    const arm = await start();
    const before = await countBlobs(arm);
    await givenDisk(arm, "data");
    await arm.emulator.disk(diskId("data")).write(0, Buffer.alloc(512, "x"));
    expect(await countBlobs(arm)).toBe(before + 1);
    await arm.client.disks.delete(GROUP, "data", POLL);
    expect(await countBlobs(arm)).toBe(before);
  });
});

test("disks are listed by group and by subscription", async () => {
  const arm = await start();
  for (const name of ["one", "two"]) await givenDisk(arm, name);
  const names = (disks: Disk[]) => disks.map(({ name }) => name);
  expect(names(await all(arm.client.disks.listByResourceGroup(GROUP)))).toEqual(["one", "two"]);
  expect(names(await all(arm.client.disks.list()))).toEqual(["one", "two"]);
});

test("bytes are asked for by the id of a disk, and of nothing else", async () => {
  const arm = await start();
  expect(() => arm.emulator.disk(diskId("nope"))).toThrow(
    `Neither a disk nor a disk restore point: ${diskId("nope")}`,
  );
});
