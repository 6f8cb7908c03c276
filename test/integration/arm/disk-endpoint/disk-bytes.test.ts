import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { Changes } from "../../../../local/arm/bytes/changes.ts";
import { DiskBytes, type DiskIdentity } from "../../../../local/arm/bytes/disk-bytes.ts";
import { PageBlobs } from "../../../../local/arm/bytes/page-blobs.ts";
import { union } from "../../../../local/arm/bytes/ranges.ts";
import { Journal } from "../../../../local/arm/state/journal.ts";
import { countBlobs } from "../count-blobs.ts";
import { azuriteOfThisFile } from "../scene.ts";
import { PAGE, pageOf } from "./sas.ts";

const start = azuriteOfThisFile();

const GIB = 1024 ** 3;

async function given() {
  const arm = await start();
  const { bytes, changes } = arm.emulator.emulator;
  return { arm, bytes, changes };
}

const newDisk = (sizeInBytes = GIB): DiskIdentity => ({ uniqueId: randomUUID(), sizeInBytes });

const at = ({ uniqueId, sizeInBytes }: DiskIdentity, snapshot?: string) => ({
  blob: uniqueId,
  snapshot,
  sizeInBytes,
});

/** The number that was last written to the disk's first page. */
const numberIn = (page: Buffer): number => page.readUInt32LE();
function pageWith(number: number): Buffer {
  const page = Buffer.alloc(PAGE);
  page.writeUInt32LE(number);
  return page;
}

describe("a capture of several disks", () => {
  test("sees them at one instant, whatever is written meanwhile", async () => {
    const { bytes } = await given();
    const disks = [newDisk(), newDisk()];
    let captures = 0;
    const writing = (async () => {
      let number = 1;
      for (; captures < 8; number++) {
        for (const disk of disks) await bytes.write(disk, 0, pageWith(number));
      }
      return number;
    })();
    for (; captures < 8; captures++) {
      const taken = await bytes.capture(disks);
      const [first = 0, second = 0] = await Promise.all(
        taken.map(async ({ snapshot }, index) => {
          const disk = disks[index] ?? newDisk();
          // Never written to when the capture came first.
          if (snapshot === undefined) return 0;
          return numberIn(await bytes.read(at(disk, snapshot), 0, PAGE));
        }),
      );
      // The first disk is always written to first.
      expect([0, 1]).toContain(first - second);
    }
    expect(await writing).toBeGreaterThan(1);
  });

  test("knows of every page in which two of them differ", async () => {
    const { bytes, changes } = await given();
    const disk = newDisk();
    let captures = 0;
    const writing = Promise.all(
      [0, 1, 2].map(async (writer) => {
        for (let number = 1; captures < 6; number++) {
          await bytes.write(disk, (writer + 3 * (number % 16)) * PAGE, pageWith(number));
        }
      }),
    );
    const taken: { epoch: number; content: Buffer }[] = [];
    for (; captures < 6; captures++) {
      const [captured] = await bytes.capture([disk]);
      if (captured?.snapshot === undefined) continue;
      const content = await bytes.read(at(disk, captured.snapshot), 0, 64 * PAGE);
      taken.push({ epoch: captured.epoch, content });
    }
    await writing;
    for (const [index, newer] of taken.entries()) {
      const older = taken[index - 1];
      if (older === undefined) continue;
      const known = changes.between(disk.uniqueId, older.epoch, newer.epoch);
      for (const { start: from, end } of known) newer.content.copy(older.content, from, from, end);
      expect(older.content.equals(newer.content)).toBe(true);
    }
  });

  test("leaves no snapshot when one of them fails, and counts no point", async () => {
    const { arm, bytes, changes } = await given();
    const [disk, broken] = [newDisk(), newDisk()];
    await bytes.write(disk, 0, pageOf("one"));
    await bytes.write(broken, 0, pageOf("two"));
    await arm.disks.getContainerClient("disks").getPageBlobClient(broken.uniqueId).delete();
    const existing = await countBlobs(arm);
    await expect(bytes.capture([disk, broken])).rejects.toMatchObject({ statusCode: 404 });
    expect(await countBlobs(arm)).toBe(existing);
    expect(changes.hasPoints(disk.uniqueId)).toBe(false);
    await bytes.write(disk, 0, pageOf("three"));
    expect(await bytes.read(at(disk), 0, PAGE)).toEqual(pageOf("three"));
  });

  test("of disks that were never written to needs no blob", async () => {
    const { arm, bytes } = await given();
    const existing = await countBlobs(arm);
    expect(await bytes.capture([newDisk(), newDisk(64 * 1024 * GIB)])).toEqual([
      { epoch: 0, snapshot: undefined },
      { epoch: 0, snapshot: undefined },
    ]);
    expect(await countBlobs(arm)).toBe(existing);
  });
});

describe("a copy", () => {
  test("has exactly the source's bytes, and all of them are its first increment", async () => {
    const { bytes, changes } = await given();
    const [source, copy] = [newDisk(), newDisk(2 * GIB)];
    await bytes.write(source, 0, pageOf("one"));
    await bytes.write(source, GIB - PAGE, pageOf("two"));
    const [{ snapshot } = { snapshot: undefined }] = await bytes.capture([source]);
    await bytes.write(source, 0, pageOf("later"));
    await bytes.copy(at(source, snapshot), copy);
    expect(await bytes.read(at(copy), 0, PAGE)).toEqual(pageOf("one"));
    const written = [
      { start: 0, end: PAGE },
      { start: GIB - PAGE, end: GIB },
    ];
    expect(await bytes.ranges(at(copy))).toEqual(written);
    const [captured] = await bytes.capture([copy]);
    expect(union(changes.between(copy.uniqueId, 0, captured?.epoch ?? 0))).toEqual(written);
  });

  test("is a disk of its own: neither's writes show in the other, nor its deletion", async () => {
    const { bytes } = await given();
    const [source, copy] = [newDisk(), newDisk()];
    await bytes.write(source, 0, pageOf("one"));
    await bytes.copy(at(source), copy);
    await bytes.write(copy, 0, pageOf("two"));
    expect(await bytes.read(at(source), 0, PAGE)).toEqual(pageOf("one"));
    await bytes.diskDeleted(source.uniqueId);
    expect(await bytes.read(at(copy), 0, PAGE)).toEqual(pageOf("two"));
  });
});

describe("what is no whole pages of the disk", () => {
  test.each([
    ["within a page", 1, PAGE],
    ["of part of a page", 0, 100],
    ["before the disk", -PAGE, PAGE],
    ["behind the disk", GIB, PAGE],
    ["over its end", GIB - PAGE, 2 * PAGE],
  ])("is neither written nor cleared: %s", async (_, offset, count) => {
    const { bytes, changes } = await given();
    const disk = newDisk();
    await expect(bytes.write(disk, offset, Buffer.alloc(count))).rejects.toThrow(RangeError);
    await expect(bytes.clear(disk, offset, count)).rejects.toThrow(RangeError);
    expect(changes.between(disk.uniqueId, 0, 9)).toEqual([]);
  });
});

test("after a restart the blobs are known, and what nobody needs goes", async () => {
  const { arm, bytes } = await given();
  const [needed, left] = [newDisk(), newDisk()];
  await bytes.write(needed, 0, pageOf("needed"));
  await bytes.write(left, 0, pageOf("left"));
  const blobs = new PageBlobs(arm.disks);
  await blobs.open();
  const again = new DiskBytes(blobs, new Changes(new Journal()));
  expect(await again.read(at(needed), 0, PAGE)).toEqual(pageOf("needed"));
  await again.keepOnly(new Set([needed.uniqueId]));
  expect(await again.read(at(needed), 0, PAGE)).toEqual(pageOf("needed"));
  expect(await again.ranges(at(left))).toEqual([]);
  expect(blobs.names).toEqual([needed.uniqueId]);
});

test("data of more than one request is written, and read, as a whole", async () => {
  const { bytes } = await given();
  const disk = newDisk();
  const data = Buffer.alloc(9 * 1024 ** 2 + PAGE, "nine mebibytes and a page ");
  await bytes.write(disk, PAGE, data);
  expect((await bytes.read(at(disk), PAGE, data.length)).equals(data)).toBe(true);
  expect(await bytes.ranges(at(disk))).toEqual([{ start: PAGE, end: PAGE + data.length }]);
});
