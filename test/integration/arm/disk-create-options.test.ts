import { describe, expect, test } from "vitest";
import { givenCopy, givenCopyable, TARGET } from "./copies-scene.ts";
import { dataDiskOf, MIB } from "./disk-endpoint/sas.ts";
import { givenRestorePoint, givenVm, POLL } from "./given.ts";
import { diskId, GROUP, LOCATION, restorePointId, vmId } from "./names.ts";
import { type Arm, azuriteOfThisFile } from "./scene.ts";
import { finished } from "./wait.ts";

const start = azuriteOfThisFile();

const PAGE = 512;
const GIB = 1024 ** 3;
const DATA = diskId("web-01_DataDisk_0");
const NO_POINT = `${restorePointId("web-01-rpc", "rp-9")}/diskRestorePoints/data`;

const pageOf = (text: string) => Buffer.alloc(PAGE, text);

/** A restore point of the data disk, which begins with "one", and a collection for copies. */
async function given() {
  const arm = await start();
  await givenCopyable(arm);
  const point = await arm.client.restorePoints.get(GROUP, "web-01-rpc", "rp-1");
  const path = restorePointId("web-01-rpc", "rp-1");
  return { arm, point: `${path}/diskRestorePoints/${dataDiskOf(point)}` };
}

const put = async ({ ask }: Arm, name: string, properties: object, location = LOCATION) =>
  await ask("PUT", diskId(name), { body: { location, properties } });

const restore = (sourceResourceId: string) => ({
  creationData: { createOption: "Restore", sourceResourceId },
});

test("a disk is restored from a copy in the region of the copy", async () => {
  const { arm } = await given();
  const copy = dataDiskOf(await givenCopy(arm, "rp-1"));
  arm.emulator.advance(1000);
  const source = `${restorePointId(TARGET, "rp-1")}/diskRestorePoints/${copy}`;
  expect(await put(arm, "restored", restore(source))).toMatchObject({ status: 400 });
  await finished(arm, await put(arm, "restored", restore(source), "northeurope"));
  const disk = arm.emulator.disk(diskId("restored"));
  expect(await disk.read(0, 2 * PAGE)).toEqual(Buffer.concat([pageOf("one"), Buffer.alloc(PAGE)]));
  expect(await disk.ranges()).toEqual([{ start: 0, end: PAGE }]);
});

test("a disk made of a source has its size and system, and a SKU and tags of its own", async () => {
  const { arm } = await given();
  const os = diskId("web-01_OsDisk_1");
  const made = await arm.client.disks.createOrUpdate(
    GROUP,
    "copied",
    {
      location: "West Europe",
      sku: { name: "Premium_LRS" },
      tags: { why: "restore" },
      creationData: { createOption: "Copy", sourceResourceId: os },
    },
    POLL,
  );
  expect(made).toMatchObject({
    location: LOCATION,
    diskSizeGB: 30,
    osType: "Linux",
    sku: { name: "Premium_LRS" },
    tags: { why: "restore" },
    creationData: { createOption: "Copy", sourceResourceId: os },
    diskState: "Unattached",
  });
  expect(made.uniqueId).not.toBe((await arm.client.disks.get(GROUP, "web-01_OsDisk_1")).uniqueId);
});

describe("a disk is not made", () => {
  test.each([
    ["of a disk restore point that is not there", restore(NO_POINT), 404, "rp-9"],
    [
      "of a disk that is not there",
      { creationData: { createOption: "Copy", sourceResourceId: diskId("nope") } },
      404,
      "nope",
    ],
    ["of a VM", restore(NO_POINT.replace(/restorePoint.*/, "virtualMachines/web-01")), 404, ""],
    ["by Restore of a disk", restore(DATA), 404, "web-01_DataDisk_0"],
    ["of nothing", { creationData: { createOption: "Restore" } }, 400, "sourceResourceId"],
    ["empty, without a size", { creationData: { createOption: "Empty" } }, 400, "diskSizeGB"],
    [
      "to be uploaded, without a size",
      { creationData: { createOption: "Upload" } },
      400,
      "uploadSizeBytes",
    ],
    [
      "to be uploaded by half a page",
      { creationData: { createOption: "Upload", uploadSizeBytes: 20 * MIB + 256 } },
      400,
      "uploadSizeBytes",
    ],
    ...["Import", "FromImage", "Attach", "ImportSecure", "UploadPreparedSecure", "none"].map(
      (createOption): [string, object, number, string] => [
        `by createOption ${createOption}`,
        { creationData: { createOption, sourceResourceId: DATA }, diskSizeGB: 8 },
        400,
        "Empty, Upload, Copy and Restore",
      ],
    ),
  ])("%s", async (_, properties, status, message) => {
    const arm = await start();
    expect(await put(arm, "made", properties)).toMatchObject({
      status,
      body: { error: { message: expect.stringContaining(message) } },
    });
    expect((await arm.ask("GET", diskId("made"))).status).toBe(404);
  });

  test("smaller than its source, or in another region", async () => {
    const { arm, point } = await given();
    const sources = [
      restore(point),
      { creationData: { createOption: "Copy", sourceResourceId: DATA } },
    ];
    for (const source of sources) {
      expect(await put(arm, "made", { ...source, diskSizeGB: 7 })).toMatchObject({
        status: 400,
        body: { error: { target: "properties.diskSizeGB" } },
      });
      expect(await put(arm, "made", source, "northeurope")).toMatchObject({
        status: 400,
        body: { error: { target: "location" } },
      });
    }
    expect((await arm.ask("GET", diskId("made"))).status).toBe(404);
  });
});

test("a disk that is there is not made again of another source", async () => {
  const { arm, point } = await given();
  await arm.emulator.disk(DATA).write(0, pageOf("two"));
  const { sourceMetadata } = await givenRestorePoint(arm, "web-01-rpc", "rp-2");
  const second = sourceMetadata?.storageProfile?.dataDisks?.[0]?.diskRestorePoint?.id ?? "";
  await finished(arm, await put(arm, "restored", restore(point)));
  expect(await put(arm, "restored", restore(second))).toMatchObject({
    status: 409,
    body: { error: { code: "PropertyChangeNotAllowed" } },
  });
  expect((await put(arm, "restored", restore(point.toUpperCase()))).status).toBe(202);
  expect(await arm.emulator.disk(diskId("restored")).read(0, PAGE)).toEqual(pageOf("one"));
});

test("two requests at once to grow a disk leave it as large as the larger one asked", async () => {
  const arm = await start();
  await givenVm(arm, "web-01");
  await arm.emulator.disk(DATA).write(0, pageOf("one"));
  const grow = async (diskSizeGB: number) =>
    await arm.ask("PATCH", DATA, { body: { properties: { diskSizeGB } } });
  const answers = await Promise.all([grow(32), grow(16), grow(24)]);
  expect(answers.map(({ status }) => status)).toContain(202);
  const disk = arm.emulator.disk(DATA);
  expect(disk.sizeInBytes).toBe(32 * GIB);
  await disk.write(32 * GIB - PAGE, pageOf("end"));
  expect(await disk.read(32 * GIB - PAGE, PAGE)).toEqual(pageOf("end"));
});

test("a disk that a VM made of an image is put again as it was read", async () => {
  const arm = await start();
  await givenVm(arm, "web-01");
  const os = diskId("web-01_OsDisk_1");
  const { body } = await arm.ask("GET", os);
  const status = await finished(arm, await arm.ask("PUT", os, { body }));
  expect(status).toMatchObject({ status: "Succeeded" });
  expect((await put(arm, "web-01_OsDisk_1", { creationData: {} })).status).toBe(400);
});

test("a restored disk's restore points are of a family of their own, and the first holds everything", async () => {
  const { arm, point } = await given();
  await arm.client.virtualMachines.deallocate(GROUP, "web-01", POLL);
  await arm.client.virtualMachines.delete(GROUP, "web-01", POLL);
  await arm.client.disks.delete(GROUP, "web-01_DataDisk_0", POLL);
  await finished(arm, await put(arm, "web-01_DataDisk_0", restore(point)));
  await givenVm(arm, "web-01", {
    storageProfile: {
      osDisk: { createOption: "FromImage", osType: "Linux", name: "os-again" },
      dataDisks: [{ lun: 0, createOption: "Attach", managedDisk: { id: DATA } }],
    },
  });
  await arm.client.restorePointCollections.createOrUpdate(GROUP, "again", {
    location: LOCATION,
    source: { id: vmId("web-01") },
  });
  const again = await givenRestorePoint(arm, "again", "rp-1");
  const [before, after] = [
    await arm.client.diskRestorePoint.get(GROUP, "web-01-rpc", "rp-1", nameOf(point)),
    await arm.client.diskRestorePoint.get(GROUP, "again", "rp-1", dataDiskOf(again)),
  ];
  expect(after.familyId).not.toBe(before.familyId);
  expect(await arm.emulator.disk(after.id ?? "").ranges()).toEqual([{ start: 0, end: PAGE }]);
});

const nameOf = (id: string): string => id.split("/").at(-1) ?? "";
