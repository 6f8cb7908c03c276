/** The copies of records beside their table: on real blobs, and in memory as other tests have them. */
import { BlobServiceClient } from "@azure/storage-blob";
import { describe, expect, test } from "vitest";
import { azureRecordCopies } from "../../src/lib/azure/azure-record-copies.ts";
import type { RecordCopies } from "../../src/lib/state/record-copies.ts";
import { memoryRecordCopies } from "../fakes/memory-record-copies.ts";
import { storageCredential } from "./real-storage.ts";
import { storageOfThisFile } from "./storage-of-this-file.ts";

const storage = storageOfThisFile();

let containers = 0;
const onBlobs = (container = `copies-${++containers}`): RecordCopies<unknown> =>
  azureRecordCopies(storage().urls.blob, container, storageCredential);

async function namesOf(copies: RecordCopies<unknown>): Promise<string[]> {
  const names: string[] = [];
  for await (const name of copies.names()) names.push(name);
  return names;
}

/** Its ETag. */
async function put(copies: RecordCopies<unknown>, record: unknown, over?: string): Promise<string> {
  const copied = await copies.put("gold", record, over);
  return copied === "conflict" ? copied : copied.etag;
}

describe.each([
  ["on blobs", () => onBlobs()],
  ["in memory", () => memoryRecordCopies<unknown>()],
])("a copy %s", (_where, open) => {
  test("is there after it was put, also the very first", async () => {
    const copies = open();
    expect(await namesOf(copies)).toEqual([]);
    expect(await copies.get("gold")).toBeUndefined();
    await put(copies, { description: "größe 漢" });
    expect(await namesOf(copies)).toEqual(["gold"]);
    expect(await copies.get("gold")).toMatchObject({ document: { description: "größe 漢" } });
  });

  test("takes the place of the one before", async () => {
    const copies = open();
    await put(copies, { generation: 1 });
    await put(copies, { generation: 2 });
    expect(await namesOf(copies)).toEqual(["gold"]);
    expect(await copies.get("gold")).toMatchObject({ document: { generation: 2 } });
  });

  test("takes the place of one copy alone, if it is told to", async () => {
    const copies = open();
    const first = await put(copies, { generation: 1 });
    const second = await put(copies, { generation: 2 }, first);
    expect(await put(copies, { generation: 9 }, first)).toBe("conflict");
    expect(await copies.get("gold")).toMatchObject({ document: { generation: 2 } });
    expect(await put(copies, { generation: 3 }, second)).not.toBe("conflict");
  });

  test("has the ETag that its put told", async () => {
    const copies = open();
    const etag = await put(copies, {});
    expect(await copies.get("gold")).toEqual({ document: {}, etag });
  });

  test("has another ETag although it says the same", async () => {
    const copies = open();
    const first = await put(copies, { generation: 1 });
    await put(copies, { generation: 1 });
    expect(await put(copies, { generation: 2 }, first)).toBe("conflict");
  });

  test("is not put over one that is not there", async () => {
    const copies = open();
    expect(await put(copies, { generation: 2 }, '"0x8D0000000000000"')).toBe("conflict");
    expect(await namesOf(copies)).toEqual([]);
  });
});

test("a blob that is no JSON any more is its text, and one of another name is no copy", async () => {
  const copies = onBlobs("edited");
  await put(copies, {});
  const container = new BlobServiceClient(
    storage().urls.blob,
    storageCredential,
  ).getContainerClient("edited");
  await container.getBlockBlobClient("gold.json").upload("{ oops", 6);
  await container.getBlockBlobClient("read-me.txt").upload("oops", 4);
  expect(await namesOf(copies)).toEqual(["gold"]);
  expect(await copies.get("gold")).toMatchObject({ document: "{ oops" });
});
