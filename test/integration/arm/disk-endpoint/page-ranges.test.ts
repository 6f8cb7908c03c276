import { expect, test } from "vitest";
import { givenProtectedVm } from "../given.ts";
import { azuriteOfThisFile } from "../scene.ts";
import { givenDisk, lastBytes, listed } from "./page-lists.ts";
import { blobOf, DISK_SIZE, PAGE, pageOf, refusalOf, sasOfNewPoint, writeDisk } from "./sas.ts";

const start = azuriteOfThisFile();

const GIB = 1024 ** 3;

test("page ranges are what was written and not cleared", async () => {
  const { arm, clear } = await givenDisk(start);
  await writeDisk(arm, 0, Buffer.alloc(8 * PAGE, "a"));
  await writeDisk(arm, DISK_SIZE - PAGE, pageOf("end"));
  await clear(2 * PAGE, PAGE);
  const blob = blobOf(await sasOfNewPoint(arm, "rp-1"));
  const { pageRange, blobContentLength, etag } = await blob.getPageRanges();
  expect(lastBytes(pageRange)).toEqual([
    listed(0, 1),
    listed(3, 7),
    [DISK_SIZE - PAGE, DISK_SIZE - 1],
  ]);
  expect({ blobContentLength, etag }).toEqual({
    blobContentLength: DISK_SIZE,
    etag: expect.any(String),
  });
});

test("page ranges of a part are those in it, cut at its ends", async () => {
  const { arm } = await givenDisk(start);
  await writeDisk(arm, 0, Buffer.alloc(4 * PAGE, "a"));
  await writeDisk(arm, 9 * PAGE, pageOf("b"));
  const blob = blobOf(await sasOfNewPoint(arm, "rp-1"));
  const { pageRange } = await blob.getPageRanges(2 * PAGE, 4 * PAGE);
  expect(lastBytes(pageRange)).toEqual([listed(2, 3)]);
});

test("page ranges come page by page when they are asked for so", async () => {
  const { arm } = await givenDisk(start);
  for (const page of [0, 2, 4, 6, 8]) await writeDisk(arm, page * PAGE, pageOf("a"));
  const blob = blobOf(await sasOfNewPoint(arm, "rp-1"));
  const found: (number[][] | undefined)[] = [];
  for await (const each of blob.listPageRanges().byPage({ maxPageSize: 2 })) {
    found.push(each.pageRange?.map(({ start, end }) => [start, end]));
  }
  expect(found).toEqual([
    [listed(0, 0), listed(2, 2)],
    [listed(4, 4), listed(6, 6)],
    [listed(8, 8)],
  ]);
});

test.each([
  ["maxresults=0", "OutOfRangeQueryParameterValue"],
  ["maxresults=many", "InvalidQueryParameterValue"],
  ["marker=next", "InvalidQueryParameterValue"],
  ["prevsnapshot=2026-01-01T00:00:00.0000000Z", "InvalidQueryParameterValue"],
  ["snapshot=2026-01-01T00:00:00.0000000Z", "InvalidQueryParameterValue"],
])("page ranges with %s are refused", async (query, code) => {
  const { arm } = await givenDisk(start);
  const sas = await sasOfNewPoint(arm, "rp-1");
  const refused = await fetch(`${sas}&comp=pagelist&${query}`);
  expect(await refusalOf(refused)).toEqual({ status: 400, code });
});

test("a disk of 1 TiB with 64 KiB written is read by what was written", async () => {
  const arm = await start();
  const dataDisks = [{ lun: 0, createOption: "Empty", diskSizeGB: 1024 } as const];
  const osDisk = { createOption: "FromImage", osType: "Linux" } as const;
  await givenProtectedVm(arm, { storageProfile: { osDisk, dataDisks } });
  const written = Buffer.alloc(64 * 1024, "terabyte ");
  const middle = 512 * GIB;
  await writeDisk(arm, middle, written);
  const blob = blobOf(await sasOfNewPoint(arm, "rp-1"));
  expect((await blob.getProperties()).contentLength).toBe(2 * middle);
  const { pageRange } = await blob.getPageRanges();
  expect(lastBytes(pageRange)).toEqual([[middle, middle + written.length - 1]]);
  expect((await blob.downloadToBuffer(middle, written.length)).equals(written)).toBe(true);
});
