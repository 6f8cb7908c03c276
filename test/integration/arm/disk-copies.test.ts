import { expect, test } from "vitest";
import { countBlobs } from "./count-blobs.ts";
import { givenProtectedVm, givenRestorePoint, POLL } from "./given.ts";
import { diskId, GROUP, LOCATION } from "./names.ts";
import { type Arm, azuriteOfThisFile } from "./scene.ts";

const start = azuriteOfThisFile();

const PAGE = 512;
const GIB = 1024 ** 3;
const DATA = diskId("web-01_DataDisk_0");

const pageOf = (text: string) => Buffer.alloc(PAGE, text);

/** The data disk holds one page at its start and one at its end, and so does its restore point. */
async function given() {
  const arm = await start();
  await givenProtectedVm(arm);
  await arm.emulator.disk(DATA).write(0, pageOf("one"));
  await arm.emulator.disk(DATA).write(8 * GIB - PAGE, pageOf("end"));
  const { sourceMetadata } = await givenRestorePoint(arm, "web-01-rpc", "rp-1");
  const [disk] = sourceMetadata?.storageProfile?.dataDisks ?? [];
  return { arm, point: disk?.diskRestorePoint?.id ?? "" };
}

async function makeDisk(
  { client }: Arm,
  name: string,
  createOption: "Copy" | "Restore",
  source: string,
  size: { readonly diskSizeGB?: number } = {},
): Promise<void> {
  const creationData = { createOption, sourceResourceId: source };
  const model = { location: LOCATION, creationData, ...size };
  await client.disks.createOrUpdate(GROUP, name, model, POLL);
}

const read = async ({ emulator }: Arm, id: string, offset = 0) =>
  await emulator.disk(id).read(offset, PAGE);

test.each(["Copy", "Restore"] as const)("a disk made by %s has its source's bytes", async (how) => {
  const { arm, point } = await given();
  await makeDisk(arm, "made", how, how === "Copy" ? DATA : point);
  const made = arm.emulator.disk(diskId("made"));
  expect(made.sizeInBytes).toBe(8 * GIB);
  expect(await made.ranges()).toEqual(await arm.emulator.disk(DATA).ranges());
  expect(await read(arm, diskId("made"))).toEqual(pageOf("one"));
  expect(await read(arm, diskId("made"), 8 * GIB - PAGE)).toEqual(pageOf("end"));
});

test("what is then written to one of them shows in no other", async () => {
  const { arm, point } = await given();
  await makeDisk(arm, "restored", "Restore", point);
  await makeDisk(arm, "again", "Restore", point);
  await makeDisk(arm, "copied", "Copy", diskId("restored"));
  const ids = [DATA, diskId("restored"), diskId("again"), diskId("copied")];
  for (const [index, id] of ids.entries()) {
    await arm.emulator.disk(id).write(0, pageOf(`disk ${index}`));
    await arm.emulator.disk(id).write((index + 1) * PAGE, pageOf("more"));
  }
  expect(await read(arm, point)).toEqual(pageOf("one"));
  expect(await arm.emulator.disk(point).ranges()).toHaveLength(2);
  for (const [index, id] of ids.entries()) {
    expect(await read(arm, id)).toEqual(pageOf(`disk ${index}`));
    for (const page of [1, 2, 3, 4]) {
      const expected = page === index + 1 ? pageOf("more") : Buffer.alloc(PAGE);
      expect(await read(arm, id, page * PAGE)).toEqual(expected);
    }
  }
});

test("a larger one has zeros behind its source's bytes", async () => {
  const { arm, point } = await given();
  await makeDisk(arm, "larger", "Restore", point, { diskSizeGB: 16 });
  expect(arm.emulator.disk(diskId("larger")).sizeInBytes).toBe(16 * GIB);
  expect(await read(arm, diskId("larger"), 8 * GIB)).toEqual(Buffer.alloc(PAGE));
  await arm.emulator.disk(diskId("larger")).write(16 * GIB - PAGE, pageOf("new end"));
  expect(await read(arm, diskId("larger"), 16 * GIB - PAGE)).toEqual(pageOf("new end"));
});

test("each takes one blob, and lives on without its source", async () => {
  const { arm, point } = await given();
  const before = await countBlobs(arm);
  await makeDisk(arm, "made", "Restore", point);
  expect(await countBlobs(arm)).toBe(before + 1);
  await arm.client.restorePoints.delete(GROUP, "web-01-rpc", "rp-1", POLL);
  await arm.client.virtualMachines.delete(GROUP, "web-01", POLL);
  await arm.client.disks.delete(GROUP, "web-01_DataDisk_0", POLL);
  expect(await read(arm, diskId("made"))).toEqual(pageOf("one"));
});

test("a source that was never written to makes a disk without a blob", async () => {
  const { arm } = await given();
  const before = await countBlobs(arm);
  await makeDisk(arm, "made", "Copy", diskId("web-01_OsDisk_1"));
  expect(await read(arm, diskId("made"))).toEqual(Buffer.alloc(PAGE));
  expect(await countBlobs(arm)).toBe(before);
});
