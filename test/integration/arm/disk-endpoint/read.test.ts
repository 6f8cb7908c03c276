import { createHash } from "node:crypto";
import { buffer } from "node:stream/consumers";
import { expect, test } from "vitest";
import { givenProtectedVm } from "../given.ts";
import { azuriteOfThisFile } from "../scene.ts";
import {
  blobOf,
  DISK_SIZE,
  MIB,
  PAGE,
  pageOf,
  refusalOf,
  sasOfNewPoint,
  writeDisk,
} from "./sas.ts";

const start = azuriteOfThisFile();

async function given(...written: [offset: number, data: Buffer][]) {
  const arm = await start();
  await givenProtectedVm(arm);
  for (const [offset, data] of written) await writeDisk(arm, offset, data);
  const sas = await sasOfNewPoint(arm, "rp-1");
  return { arm, sas, blob: blobOf(sas) };
}

const download = async (stream: NodeJS.ReadableStream | undefined) =>
  stream === undefined ? undefined : await buffer(stream);

test("a disk restore point is a page blob of the disk's size", async () => {
  const { blob } = await given([0, pageOf("one")]);
  expect(await blob.getProperties()).toMatchObject({
    blobType: "PageBlob",
    contentLength: DISK_SIZE,
    acceptRanges: "bytes",
    blobSequenceNumber: 0,
    etag: expect.stringMatching(/^".+"$/),
    lastModified: expect.any(Date),
    date: expect.any(Date),
    requestId: expect.any(String),
    version: expect.any(String),
  });
});

test("its bytes are downloaded as they were when it was taken", async () => {
  const data = Buffer.alloc(9 * MIB, "restore points ");
  const { arm, blob } = await given([0, data], [DISK_SIZE - PAGE, pageOf("end")]);
  await writeDisk(arm, 0, pageOf("later"));
  // Byte by byte, `toEqual` keeps the process busy for so long that the server ends the connection meanwhile.
  expect((await blob.downloadToBuffer(0, data.length)).equals(data)).toBe(true);
  const end = await blob.download(DISK_SIZE - PAGE);
  expect(await download(end.readableStreamBody)).toEqual(pageOf("end"));
  const middle = await blob.download(700, 100);
  expect(await download(middle.readableStreamBody)).toEqual(data.subarray(700, 800));
});

test("what was never written reads as zeros, also between what was", async () => {
  const { blob } = await given([4 * MIB, pageOf("one")], [30 * MIB, pageOf("two")]);
  const expected = Buffer.alloc(40 * MIB);
  pageOf("one").copy(expected, 4 * MIB);
  pageOf("two").copy(expected, 30 * MIB);
  const { readableStreamBody } = await blob.download(0, expected.length);
  expect((await download(readableStreamBody))?.equals(expected)).toBe(true);
});

test("a disk that was never written to is all zeros", async () => {
  const { blob } = await given();
  expect((await blob.downloadToBuffer(MIB, 5 * MIB)).equals(Buffer.alloc(5 * MIB))).toBe(true);
  expect((await blob.getPageRanges()).pageRange).toEqual([]);
});

test("plain HTTP gets a part by Range or x-ms-range, and Range is the weaker one", async () => {
  const { sas } = await given([0, Buffer.from("a".repeat(PAGE) + "b".repeat(PAGE))]);
  const part = await fetch(sas, { headers: { range: "bytes=510-513" } });
  expect(part.status).toBe(206);
  expect(part.headers.get("content-range")).toBe(`bytes 510-513/${DISK_SIZE}`);
  expect(part.headers.get("content-length")).toBe("4");
  expect(await part.text()).toBe("aabb");
  const both = { "x-ms-range": "bytes=0-1", range: "bytes=600-610" };
  expect(await (await fetch(sas, { headers: both })).text()).toBe("aa");
  const last = await fetch(sas, { headers: { range: `bytes=${DISK_SIZE - 2}-${DISK_SIZE + 9}` } });
  expect(last.headers.get("content-range")).toBe(
    `bytes ${DISK_SIZE - 2}-${DISK_SIZE - 1}/${DISK_SIZE}`,
  );
  expect((await last.arrayBuffer()).byteLength).toBe(2);
});

test("plain HTTP without a range gets the whole disk", async () => {
  const { sas } = await given([0, pageOf("one")]);
  const stop = new AbortController();
  const response = await fetch(sas, { signal: stop.signal });
  expect(response.status).toBe(200);
  expect(response.headers.get("content-length")).toBe(`${DISK_SIZE}`);
  expect(response.headers.get("x-ms-blob-type")).toBe("PageBlob");
  const first = await response.body?.getReader().read();
  expect(Buffer.from(first?.value ?? []).subarray(0, PAGE)).toEqual(pageOf("one"));
  stop.abort();
});

test("a part that is behind the end is refused", async () => {
  const { sas } = await given();
  const headers = { range: `bytes=${DISK_SIZE}-` };
  expect(await refusalOf(await fetch(sas, { headers }))).toEqual({
    status: 416,
    code: "InvalidRange",
  });
});

test("an x-ms-range that is no range is refused", async () => {
  const { sas } = await given();
  for (const range of ["bytes=-500", "pages=0-1", "bytes=0-1,4-5"]) {
    const refused = await fetch(sas, { headers: { "x-ms-range": range } });
    expect(await refusalOf(refused)).toEqual({ status: 400, code: "InvalidHeaderValue" });
  }
});

test("the MD5 of a part comes with it when it is asked for, up to 4 MiB", async () => {
  const { blob } = await given([0, pageOf("one")]);
  const part = await blob.download(0, PAGE, { rangeGetContentMD5: true });
  const md5 = createHash("md5").update(pageOf("one")).digest();
  expect(Buffer.from(part.contentMD5 ?? [])).toEqual(md5);
  expect(await download(part.readableStreamBody)).toEqual(pageOf("one"));
  await expect(blob.download(0, 5 * MIB, { rangeGetContentMD5: true })).rejects.toMatchObject({
    statusCode: 400,
    code: "InvalidHeaderValue",
  });
});
