/** What is in Azure, and not by us. */
import type { VmKey } from "../../../src/lib/fleet/vm-key.ts";
import type { FakeArm } from "../fake-arm.ts";
import type { FakeCollection, FakeRestorePoint } from "./fake-store.ts";

/** Another product's collection of a VM, with this many restore points. */
export function addForeign(
  { vms, store }: FakeArm,
  vm: VmKey,
  name: string,
  count: number,
  now: number,
): FakeCollection {
  const { id = "", location = "", vmId = "" } = vms.get(vm) ?? {};
  const group = id.slice(0, id.search(/\/virtualMachines\//i));
  const collection: FakeCollection = {
    id: `${group}/restorePointCollections/${name}`,
    location,
    sourceId: id,
    sourceVm: vm,
    vmId,
    managed: false,
  };
  store.collections.set(collection.id.toLowerCase(), collection);
  for (let number = 1; number <= count; number++) {
    store.add(madeByHand(collection, `point-${number}`, now));
  }
  return collection;
}

/** A restore point that somebody made by hand. */
export const madeByHand = (
  collection: FakeCollection,
  name: string,
  now: number,
): FakeRestorePoint => ({
  id: `${collection.id}/restorePoints/${name}`,
  vm: collection.sourceVm,
  collection,
  request: { excludeDiskIds: [] },
  disks: [],
  createdAt: now,
  endsAt: now,
});
