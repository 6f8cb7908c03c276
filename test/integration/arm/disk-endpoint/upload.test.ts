import { createHash } from "node:crypto";
import { once } from "node:events";
import { request } from "node:https";
import { describe, expect, test } from "vitest";
import { POLL } from "../given.ts";
import { diskId, GROUP, LOCATION } from "../names.ts";
import { type Arm, azuriteOfThisFile } from "../scene.ts";
import { AUTHENTICATION_FAILED, blobOf, MIB, PAGE, pageOf, refusalOf } from "./sas.ts";

const start = azuriteOfThisFile();

const GIB = 1024 ** 3;

/** A disk of 1 GiB that waits for its bytes, opened for an hour. */
async function given() {
  const arm = await start();
  await arm.client.disks.createOrUpdate(
    GROUP,
    "uploaded",
    {
      location: LOCATION,
      creationData: { createOption: "Upload", uploadSizeBytes: GIB + PAGE },
    },
    POLL,
  );
  const access = { access: "Write", durationInSeconds: 3600 };
  const { accessSAS = "" } = await arm.client.disks.grantAccess(GROUP, "uploaded", access, POLL);
  return { arm, sas: accessSAS, blob: blobOf(accessSAS) };
}

const end = async ({ client }: Arm) => await client.disks.revokeAccess(GROUP, "uploaded", POLL);

const read = async ({ emulator }: Arm, offset: number, count = PAGE) =>
  await emulator.disk(diskId("uploaded")).read(offset, count);

const put = async (sas: string, headers: Record<string, string>, body?: Buffer) =>
  await fetch(`${sas}&comp=page`, {
    method: "PUT",
    headers,
    ...(body ? { body: new Uint8Array(body) } : {}),
  });

const update = { "x-ms-page-write": "update" };

test("a disk is uploaded by the SDK, with its VHD's footer, and has these bytes", async () => {
  const { arm, blob } = await given();
  const data = Buffer.alloc(3 * MIB, "uploaded ");
  const properties = await blob.getProperties();
  expect(properties.contentLength).toBe(GIB + PAGE);
  await blob.uploadPages(data, 0, data.length);
  await blob.uploadPages(pageOf("footer"), GIB, PAGE);
  await blob.clearPages(PAGE, PAGE);
  expect((await blob.getPageRanges()).pageRange).toHaveLength(3);
  expect(await blob.downloadToBuffer(GIB, PAGE)).toEqual(pageOf("footer"));
  await end(arm);
  data.fill(0, PAGE, 2 * PAGE);
  expect((await read(arm, 0, data.length)).equals(data)).toBe(true);
  expect(arm.emulator.disk(diskId("uploaded")).sizeInBytes).toBe(GIB);
});

test("the footer is no part of a larger copy of the disk, nor of the disk when it grows", async () => {
  const { arm, blob } = await given();
  await blob.uploadPages(pageOf("last"), GIB - PAGE, PAGE);
  await blob.uploadPages(pageOf("footer"), GIB, PAGE);
  await end(arm);
  const creationData = { createOption: "Copy", sourceResourceId: diskId("uploaded") };
  const model = { location: LOCATION, creationData, diskSizeGB: 2 };
  await arm.client.disks.createOrUpdate(GROUP, "copied", model, POLL);
  await arm.client.disks.update(GROUP, "uploaded", { diskSizeGB: 2 }, POLL);
  for (const name of ["copied", "uploaded"]) {
    const disk = arm.emulator.disk(diskId(name));
    const found = await disk.read(GIB - PAGE, 2 * PAGE);
    expect(found.equals(Buffer.concat([pageOf("last"), Buffer.alloc(PAGE)]))).toBe(true);
    expect(await disk.ranges()).toEqual([{ start: GIB - PAGE, end: GIB }]);
  }
});

test("a write answers 201, and needs no SDK", async () => {
  const { arm, sas } = await given();
  const headers = { ...update, range: "bytes=0-511" };
  const written = await put(sas, headers, pageOf("plain"));
  expect(written.status).toBe(201);
  expect(written.headers.get("etag")).toMatch(/^".+"$/);
  expect(written.headers.get("last-modified")).toBeTruthy();
  expect(written.headers.get("x-ms-blob-sequence-number")).toBe("0");
  expect(await read(arm, 0)).toEqual(pageOf("plain"));
});

describe("a write is refused, and changes nothing,", () => {
  const range = "bytes=0-511";
  const md5 = createHash("md5").update(pageOf("another")).digest("base64");
  const largest = `bytes=0-${5 * MIB - 1}`;
  test.each<[string, Record<string, string>, number, string]>([
    ["with no range", update, 400, "MissingRequiredHeader"],
    ["with no end", { ...update, "x-ms-range": "bytes=0-" }, 416, "InvalidPageRange"],
    ["within a page", { ...update, "x-ms-range": "bytes=1-512" }, 416, "InvalidPageRange"],
    [
      "behind the end",
      { ...update, "x-ms-range": `bytes=${GIB}-${GIB + 1023}` },
      416,
      "InvalidPageRange",
    ],
    ["as a whole when too large", { ...update, "x-ms-range": largest }, 413, "RequestBodyTooLarge"],
    [
      "with a range of another length",
      { ...update, "x-ms-range": "bytes=0-1023" },
      400,
      "InvalidHeaderValue",
    ],
    ["that clears, with content", { "x-ms-page-write": "clear", range }, 400, "InvalidHeaderValue"],
    ["with another's MD5", { ...update, range, "content-md5": md5 }, 400, "Md5Mismatch"],
    ["that says not what it is", { range }, 400, "InvalidHeaderValue"],
    ["that is neither", { range, "x-ms-page-write": "append" }, 400, "InvalidHeaderValue"],
  ])("%s", async (_, headers, status, code) => {
    const { arm, sas } = await given();
    expect(await refusalOf(await put(sas, headers, pageOf("no")))).toEqual({ status, code });
    expect(await arm.emulator.disk(diskId("uploaded")).ranges()).toEqual([]);
  });

  test("when it does not say how long its content is", async () => {
    const { arm, sas } = await given();
    const headers = { ...update, range, "transfer-encoding": "chunked" };
    const sent = request(`${sas}&comp=page`, { method: "PUT", headers });
    const answered = once(sent, "response");
    sent.end(pageOf("no"));
    const [response] = await answered;
    expect(response.resume().statusCode).toBe(411);
    expect(await read(arm, 0)).toEqual(Buffer.alloc(PAGE));
  });

  test("once the access has ended", async () => {
    const { arm, sas } = await given();
    await end(arm);
    const refused = await put(sas, { ...update, range: "bytes=0-511" }, pageOf("late"));
    expect(await refusalOf(refused)).toEqual(AUTHENTICATION_FAILED);
    expect(await read(arm, 0)).toEqual(Buffer.alloc(PAGE));
  });

  test("when the access ends while its content is on the way", async () => {
    const { arm, sas } = await given();
    const headers = { ...update, range: "bytes=0-511", "content-length": `${PAGE}` };
    const sent = request(`${sas}&comp=page`, { method: "PUT", headers });
    const answered = once(sent, "response");
    sent.write(pageOf("late").subarray(0, 100));
    await once(sent, "socket");
    await end(arm);
    sent.end(pageOf("late").subarray(100));
    const [response] = await answered;
    expect(response.resume().statusCode).toBe(403);
    expect(await read(arm, 0)).toEqual(Buffer.alloc(PAGE));
  });

  test("when its client goes away in the middle of it", async () => {
    const { arm, sas } = await given();
    const headers = { ...update, range: "bytes=0-511", "content-length": `${PAGE}` };
    const sent = request(`${sas}&comp=page`, { method: "PUT", headers });
    const broken = once(sent, "error").catch((error: unknown) => error);
    sent.write(pageOf("half").subarray(0, 256));
    await once(sent, "socket");
    sent.destroy(new Error("The client is gone."));
    await broken;
    const written = await put(sas, { ...update, range: "bytes=512-1023" }, pageOf("whole"));
    expect(written.status).toBe(201);
    expect(await read(arm, 0)).toEqual(Buffer.alloc(PAGE));
  });

  test("unless it is a page: the blob itself stays as it is", async () => {
    const { sas, blob } = await given();
    const mismatch = { status: 403, code: "AuthorizationPermissionMismatch" };
    for (const method of ["DELETE", "POST", "PUT"]) {
      expect(await refusalOf(await fetch(sas, { method }))).toEqual(mismatch);
    }
    for (const comp of ["properties", "metadata", "snapshot"]) {
      const refused = await fetch(`${sas}&comp=${comp}`, { method: "PUT" });
      expect(await refusalOf(refused)).toEqual(mismatch);
    }
    expect((await blob.getProperties()).contentLength).toBe(GIB + PAGE);
  });
});
