/** Legal holds, on real blobs. */
import { BlobServiceClient } from "@azure/storage-blob";
import { describe, expect, test } from "vitest";
import { azureLegalHolds } from "../../src/lib/azure/azure-legal-holds.ts";
import type { LegalHolds } from "../../src/lib/holds/legal-holds.ts";
import { legalHoldContainer } from "../../src/names.ts";
import { memoryLegalHolds } from "../fakes/memory-legal-holds.ts";
import { vmKey } from "../fixtures/records.ts";
import { storageCredential } from "./real-storage.ts";
import { storageOfThisFile } from "./storage-of-this-file.ts";

const storage = storageOfThisFile();

const hold = { reason: "a dispute, größe 漢", by: "counsel", since: "2026-01-31T10:00:00.000Z" };

describe.each([
  ["on blobs", () => azureLegalHolds(storage().urls.blob, storageCredential)],
  ["in memory", () => memoryLegalHolds()],
])("a legal hold %s", (_where, create: () => LegalHolds) => {
  test("is found again, also the very first, until it is removed", async () => {
    const holds = create();
    await holds.remove(vmKey(), "t1-a1");
    expect(await holds.get(vmKey(), "t1-a1")).toBeUndefined();
    await holds.put(vmKey(), "t1-a1", hold);
    await holds.put(vmKey(), "t1-a1", { ...hold, reason: "another" });
    expect(await holds.get(vmKey(), "t1-a1")).toEqual({ ...hold, reason: "another" });
    expect(await holds.get(vmKey("other"), "t1-a1")).toBeUndefined();
    await holds.remove(vmKey(), "t1-a1");
    await holds.remove(vmKey(), "t1-a1");
    expect(await holds.get(vmKey(), "t1-a1")).toBeUndefined();
  });
});

test.each(["{}", "not even JSON"])(
  "what somebody has turned into %s is a hold all the same",
  async (text) => {
    const holds = azureLegalHolds(storage().urls.blob, storageCredential);
    await holds.put(vmKey(), "t2-a1", hold);
    const container = new BlobServiceClient(
      storage().urls.blob,
      storageCredential,
    ).getContainerClient(legalHoldContainer);
    await container.getBlockBlobClient(`${vmKey()}/t2-a1.json`).upload(text, text.length);
    expect(await holds.get(vmKey(), "t2-a1")).toMatchObject({ by: "unknown" });
  },
);
