/** The VM's model at the time of each restore point, on real blobs. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { azureVmModels } from "../../src/lib/azure/azure-vm-models.ts";
import { vmKey } from "../fixtures/records.ts";
import { type RealStorage, startRealStorage, storageCredential } from "./real-storage.ts";

let storage: RealStorage;
beforeAll(async () => {
  storage = await startRealStorage();
});
afterAll(() => storage.close());

test("each restore point keeps its VM's model, also from the very first on", async () => {
  const models = azureVmModels(storage.urls.blob, storageCredential);
  const first = { networkProfile: { networkInterfaces: [{ id: "größe 漢" }] } };
  await Promise.all([
    models.put(vmKey(), "t1-a1", first),
    models.put(vmKey(), "t1-a2", { zones: ["1"] }),
    models.put(vmKey("web-(1)_ä"), "t1-a1", {}),
  ]);
  expect(await models.get(vmKey(), "t1-a1")).toEqual(first);
  expect(await models.get(vmKey(), "t1-a2")).toEqual({ zones: ["1"] });
  expect(await models.get(vmKey("web-(1)_ä"), "t1-a1")).toEqual({});
});

test("a model written again is the newer one", async () => {
  const models = azureVmModels(storage.urls.blob, storageCredential);
  await models.put(vmKey(), "t2-a1", { location: "westeurope" });
  await models.put(vmKey(), "t2-a1", { location: "northeurope" });
  expect(await models.get(vmKey(), "t2-a1")).toEqual({ location: "northeurope" });
});
