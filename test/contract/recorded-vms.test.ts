/** The VM as it was at the time of each restore point, on real blobs. */
import { expect, test } from "vitest";
import { azureRecordedVms } from "../../src/lib/azure/azure-recorded-vms.ts";
import { vmKey } from "../fixtures/records.ts";
import { storageCredential } from "./real-storage.ts";
import { storageOfThisFile } from "./storage-of-this-file.ts";

const storage = storageOfThisFile();

const recorded = (model: unknown) => ({
  ...{ vmId: "0f47b1a2-0000-4000-8000-000000000001", policies: ["gold"] },
  consistencyRequested: "CrashConsistent" as const,
  model,
});

test("each restore point keeps its VM, also from the very first on", async () => {
  const vms = azureRecordedVms(storage().urls.blob, storageCredential);
  expect(await vms.get(vmKey(), "t1-a1")).toBeUndefined();
  const first = recorded({ networkProfile: { networkInterfaces: [{ id: "größe 漢" }] } });
  await Promise.all([
    vms.put(vmKey(), "t1-a1", first),
    vms.put(vmKey(), "t1-a2", recorded({ zones: ["1"] })),
    vms.put(vmKey("web-(1)_ä"), "t1-a1", recorded({})),
  ]);
  expect(await vms.get(vmKey(), "t1-a1")).toEqual(first);
  expect(await vms.get(vmKey(), "t1-a2")).toEqual(recorded({ zones: ["1"] }));
  expect(await vms.get(vmKey("web-(1)_ä"), "t1-a1")).toEqual(recorded({}));
});

test("one that is written again is the newer one, and one that is removed is gone", async () => {
  const vms = azureRecordedVms(storage().urls.blob, storageCredential);
  await vms.put(vmKey(), "t2-a1", recorded({ location: "westeurope" }));
  await vms.put(vmKey(), "t2-a1", recorded({ location: "northeurope" }));
  expect(await vms.get(vmKey(), "t2-a1")).toEqual(recorded({ location: "northeurope" }));
  await vms.remove(vmKey(), "t2-a1");
  await vms.remove(vmKey(), "t2-a1");
  expect(await vms.get(vmKey(), "t2-a1")).toBeUndefined();
});
