/** The copies of policies, on real blobs. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { azurePolicyCopies } from "../../src/lib/azure/azure-policy-copies.ts";
import { type PolicyCopies, withDocument } from "../../src/lib/policy/policy-record.ts";
import { type RealStorage, startRealStorage, storageCredential } from "./real-storage.ts";

let storage: RealStorage;
beforeAll(async () => {
  storage = await startRealStorage();
});
afterAll(() => storage.close());

const now = new Date("2026-01-31T10:00:00.000Z");
const name = "gold";

async function allOf(copies: PolicyCopies): Promise<unknown[]> {
  const all: unknown[] = [];
  for await (const copy of copies.all()) all.push(copy);
  return all;
}

test("a policy is copied, also the very first, and the newer copy replaces the older", async () => {
  const copies = azurePolicyCopies(storage.urls.blob, storageCredential);
  expect(await allOf(copies)).toEqual([]);
  const first = withDocument(undefined, { name, document: { description: "größe 漢" } }, now);
  await copies.put(name, first);
  expect(await allOf(copies)).toEqual([first]);
  const second = withDocument(first, { name, document: {} }, now);
  await copies.put(name, second);
  expect(await allOf(copies)).toEqual([second]);
});
