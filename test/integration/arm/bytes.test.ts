import { describe, expect, test } from "vitest";
import { countBlobs } from "./count-blobs.ts";
import { givenProtectedVm, givenRestorePoint, givenVm, POLL } from "./given.ts";
import { collectionId, diskId, GROUP, restorePointId } from "./names.ts";
import { type Arm, azuriteOfThisFile } from "./scene.ts";
import { finished } from "./wait.ts";

const start = azuriteOfThisFile();

const PAGE = 512;
const DATA = diskId("web-01_DataDisk_0");

const pageOf = (text: string) => Buffer.alloc(PAGE, text);
const write = async ({ emulator }: Arm, text: string, offset = 0) =>
  await emulator.disk(DATA).write(offset, pageOf(text));
const read = async ({ emulator }: Arm, id: string, offset = 0) =>
  await emulator.disk(id).read(offset, PAGE);

/** The id of the data disk's restore point. */
async function keptAs(arm: Arm, name: string): Promise<string> {
  const { sourceMetadata } = await givenRestorePoint(arm, "web-01-rpc", name);
  const [disk] = sourceMetadata?.storageProfile?.dataDisks ?? [];
  return disk?.diskRestorePoint?.id ?? "";
}

test("a restore point keeps the bytes that the disk had, each its own", async () => {
  const arm = await start();
  await givenProtectedVm(arm);
  const last = 8 * 1024 ** 3 - PAGE;
  await write(arm, "one");
  await write(arm, "end", last);
  const first = await keptAs(arm, "rp-1");
  await write(arm, "two");
  const second = await keptAs(arm, "rp-2");
  await write(arm, "three");
  expect(await read(arm, DATA)).toEqual(pageOf("three"));
  expect(await read(arm, first)).toEqual(pageOf("one"));
  expect(await read(arm, second)).toEqual(pageOf("two"));
  expect(await read(arm, first, last)).toEqual(pageOf("end"));
  expect(await read(arm, first, PAGE)).toEqual(Buffer.alloc(PAGE));
});

test("the bytes are those of the moment of the request, not of its end", async () => {
  const arm = await start({ applicationConsistentCreateMs: 300 });
  await givenProtectedVm(arm);
  await write(arm, "before");
  const accepted = await arm.ask("PUT", restorePointId("web-01-rpc", "rp-1"), { body: {} });
  await write(arm, "after");
  await finished(arm, accepted);
  const point = await arm.client.restorePoints.get(GROUP, "web-01-rpc", "rp-1");
  const [disk] = point.sourceMetadata?.storageProfile?.dataDisks ?? [];
  expect(await read(arm, disk?.diskRestorePoint?.id ?? "")).toEqual(pageOf("before"));
});

describe("the bytes of a restore point", () => {
  test("outlive the VM and its disks", async () => {
    const arm = await start();
    await givenProtectedVm(arm);
    await write(arm, "one");
    const kept = await keptAs(arm, "rp-1");
    await arm.client.virtualMachines.delete(GROUP, "web-01", POLL);
    await arm.client.disks.delete(GROUP, "web-01_DataDisk_0", POLL);
    await arm.client.disks.delete(GROUP, "web-01_OsDisk_1", POLL);
    expect(await read(arm, kept)).toEqual(pageOf("one"));
    await givenVm(arm, "web-01");
    expect(await read(arm, DATA)).toEqual(Buffer.alloc(PAGE));
    expect(await read(arm, kept)).toEqual(pageOf("one"));
  });

  test("go with it, and leave the disk and the other restore points alone", async () => {
    const arm = await start();
    await givenProtectedVm(arm);
    await write(arm, "one");
    const first = await keptAs(arm, "rp-1");
    const second = await keptAs(arm, "rp-2");
    await arm.client.restorePoints.delete(GROUP, "web-01-rpc", "rp-1", POLL);
    expect(() => arm.emulator.disk(first)).toThrow("Neither a disk nor a disk restore point");
    expect(await read(arm, second)).toEqual(pageOf("one"));
    expect(await read(arm, DATA)).toEqual(pageOf("one"));
  });

  test("leave nothing in storage when the disks and all restore points are gone", async () => {
    const arm = await start();
    await givenProtectedVm(arm);
    const existing = await countBlobs(arm);
    await write(arm, "one");
    await keptAs(arm, "rp-1");
    await keptAs(arm, "rp-2");
    expect(await countBlobs(arm)).toBe(existing + 3);
    await arm.client.virtualMachines.delete(GROUP, "web-01", POLL);
    await arm.client.disks.delete(GROUP, "web-01_DataDisk_0", POLL);
    await arm.client.disks.delete(GROUP, "web-01_OsDisk_1", POLL);
    await arm.client.restorePoints.delete(GROUP, "web-01-rpc", "rp-1", POLL);
    await finished(arm, await arm.ask("DELETE", collectionId("web-01-rpc")));
    expect(await countBlobs(arm)).toBe(existing);
  });

  test("are not kept when its creation fails in the end", async () => {
    const arm = await start({ applicationConsistentCreateMs: 300 });
    await givenProtectedVm(arm);
    await write(arm, "one");
    const existing = await countBlobs(arm);
    const accepted = await arm.ask("PUT", restorePointId("web-01-rpc", "rp-1"), { body: {} });
    await arm.client.virtualMachines.delete(GROUP, "web-01", POLL);
    expect(await finished(arm, accepted)).toMatchObject({ status: "Failed" });
    expect(await countBlobs(arm)).toBe(existing);
  });

  test("show the size of that day after the disk has grown", async () => {
    const arm = await start();
    await givenProtectedVm(arm);
    const kept = await keptAs(arm, "rp-1");
    await arm.client.disks.update(GROUP, "web-01_DataDisk_0", { diskSizeGB: 16 }, POLL);
    const point = await arm.client.restorePoints.get(GROUP, "web-01-rpc", "rp-1");
    expect(point.sourceMetadata?.storageProfile?.dataDisks).toMatchObject([{ diskSizeGB: 8 }]);
    expect(arm.emulator.disk(kept).sizeInBytes).toBe(8 * 1024 ** 3);
  });
});
