import { describe, expect, test } from "vitest";
import { pointKey } from "../../../src/lib/fleet/restore-point.ts";
import { copyKey } from "../../../src/lib/fleet/restore-point-copy.ts";
import { rebuild } from "../../../src/lib/reconcile/rebuild.ts";
import { deletionsSwitch } from "../../../src/lib/state/switches.ts";
import { memoryRecordCopies } from "../../fakes/memory-record-copies.ts";
import { allOf } from "../../fakes/memory-tables.ts";
import { protection, vmKey } from "../../fixtures/records.ts";
import { type ProtectedVm, protectedVm } from "./protected-vm.ts";
import { MINUTE } from "./scene.ts";

const FIRST = "t3-a1";
const SECOND = "s202601310900-a2";

/** The protected VM with two restore points, one of which is copied; of all this the tables know nothing. */
async function lost(): Promise<ProtectedVm & { rebuildAll: () => Promise<void> }> {
  const protectedScene = await protectedVm();
  const { scene, vm, collection, inAzure } = protectedScene;
  const first = inAzure(FIRST);
  inAzure(SECOND);
  const copies = { ...collection, id: `${collection.id}-northeurope`, location: "northeurope" };
  const { id: sourceId } = collection;
  await scene.arm.putRestorePointCollection({ ...copies, sourceId });
  const [from] = [scene.arm.store.collections.get(copies.id.toLowerCase())];
  if (from) {
    const copyOf = { id: first.id, completeAt: scene.at - 10 * MINUTE };
    inAzure(FIRST, { id: `${copies.id}/restorePoints/${FIRST}`, collection: from, copyOf });
  }
  const { vmId } = protection();
  const recorded = { vmId, model: {}, consistencyRequested: "CrashConsistent" as const };
  await scene.recordedVms.put(vm, FIRST, { ...recorded, policies: ["gold"] });
  await scene.recordedVms.put(vm, SECOND, { ...recorded, policies: ["hourly"] });
  await scene.tables.protections.remove({
    partitionKey: scene.subscriptions[0] ?? "",
    rowKey: "shop~web-01",
  });
  const rebuildAll = async () => {
    const copies = { policyCopies: memoryRecordCopies(), partnerCopies: memoryRecordCopies() };
    await rebuild({ ...scene, ...copies, now: scene.now }, scene.log);
    await scene.handle();
  };
  return { ...protectedScene, rebuildAll };
}

describe("after a loss of the tables", () => {
  test("the restore points are in the catalogue again, with the policies that they were made for", async () => {
    const { scene, vm, rebuildAll } = await lost();
    await rebuildAll();
    const first = (await scene.tables.points.get(pointKey(vm, FIRST)))?.record;
    expect(first).toMatchObject({ slot: "t3", policies: ["gold"], vmId: protection().vmId });
    const second = (await scene.tables.points.get(pointKey(vm, SECOND)))?.record;
    expect(second).toMatchObject({ at: "2026-01-31T09:00:00.000Z", attempt: 2 });
    expect(await allOf(scene.tables.passes)).toEqual([
      expect.objectContaining({ rebuild: true, adopted: 3, finishedAt: expect.any(String) }),
    ]);
  });

  test("with what was asked for, and on hold if they were; and so are their copies", async () => {
    const { scene, vm, rebuildAll } = await lost();
    const copyTo = ["northeurope"];
    const asked = { keepUntil: "2030-01-31T00:00:00.000Z", copyTo, partial: true };
    const recorded = await scene.recordedVms.get(vm, FIRST);
    if (recorded) await scene.recordedVms.put(vm, FIRST, { ...recorded, ...asked });
    const hold = { reason: "a dispute", by: "counsel", since: "2026-01-31T09:00:00.000Z" };
    await scene.legalHolds.put(vm, FIRST, hold);
    await rebuildAll();
    const point = (await scene.tables.points.get(pointKey(vm, FIRST)))?.record;
    expect(point).toMatchObject({ ...asked, legalHold: hold });
    const copy = (await scene.tables.copies.get(copyKey(vm, "northeurope", FIRST)))?.record;
    const { keepUntil } = asked;
    expect(copy).toMatchObject({ keepUntil, requested: true, partial: true, legalHold: hold });
    const other = (await scene.tables.points.get(pointKey(vm, SECOND)))?.record;
    expect(other?.legalHold).toBeUndefined();
  });

  test("and so are the copies", async () => {
    const { scene, vm, collection, rebuildAll } = await lost();
    await rebuildAll();
    const copy = (await scene.tables.copies.get(copyKey(vm, "northeurope", FIRST)))?.record;
    expect(copy).toMatchObject({
      ...{ state: "Succeeded", policies: ["gold"], slot: "t3" },
      sourceCollectionId: collection.id,
    });
  });

  test("a copy that is under way is taken in when it is complete", async () => {
    const { scene, vm, rebuildAll } = await lost();
    for (const point of [...scene.arm.store.points.values()]) {
      if (!point.copyOf) continue;
      scene.arm.store.remove(point);
      scene.arm.store.add({ ...point, copyOf: { ...point.copyOf, completeAt: scene.at + MINUTE } });
    }
    await rebuildAll();
    const key = copyKey(vm, "northeurope", FIRST);
    expect(await scene.tables.copies.get(key)).toBeUndefined();
    scene.at += 2 * MINUTE;
    await rebuildAll();
    expect(await scene.tables.copies.get(key)).toBeDefined();
  });

  test("the VM is planned as one that was protected, and gets no first restore point once more", async () => {
    const { scene, vm, rebuildAll } = await lost();
    await rebuildAll();
    expect(scene.planned()).toContain(vm);
    expect(await scene.recorded("web-01")).toMatchObject({
      ...{ status: "Protected", generation: 3, openSlots: [] },
      lastGoodPoint: { name: FIRST },
    });
  });

  test("a restore point of some disks only is not its last good one", async () => {
    const { scene, vm, rebuildAll } = await lost();
    for (const name of [FIRST, SECOND]) {
      const recorded = await scene.recordedVms.get(vm, name);
      if (recorded) await scene.recordedVms.put(vm, name, { ...recorded, partial: true });
    }
    await rebuildAll();
    const record = await scene.recorded("web-01");
    expect(record).toMatchObject({ status: "Protected", generation: 3 });
    expect(record).not.toHaveProperty("lastGoodPoint");
  });

  test("nothing is deleted until somebody says so", async () => {
    const { scene, rebuildAll } = await lost();
    await rebuildAll();
    expect(await deletionsSwitch(scene.tables)).toMatchObject({ value: "off" });
    expect(scene.arm.calls.filter((call) => call.startsWith("delete"))).toEqual([]);
  });

  test("it is no drift: the list of what no event told stays short", async () => {
    const { scene, rebuildAll } = await lost();
    await rebuildAll();
    expect(await scene.drift()).toEqual([]);
  });

  test("every collection is read in one pass, however many there are", async () => {
    const { scene, rebuildAll } = await lost();
    for (let number = 0; number < 70; number++) {
      const name = `vm-${number}`;
      const vm = scene.addVm(name, "hourly");
      const { id: sourceId = "", location = "" } = scene.arm.vms.get(vm) ?? {};
      const id = sourceId.replace(`virtualMachines/${name}`, `restorePointCollections/rpc-${name}`);
      await scene.arm.putRestorePointCollection({ id, location, sourceId });
    }
    scene.arm.pageSize = 50;
    await rebuildAll();
    const reads = scene.arm.calls.filter((call) => call === "getRestorePointCollection");
    expect(reads.length).toBeGreaterThanOrEqual(72);
    expect(reads.length).toBeLessThan(90);
  });

  test("of a VM that is gone as well, its record comes back and its plan finds it gone", async () => {
    const { scene, vm, rebuildAll } = await lost();
    scene.arm.vms.delete(vm);
    await rebuildAll();
    expect(scene.planned()).toContain(vm);
    expect(await scene.recorded("web-01")).toMatchObject({ resourceId: expect.any(String) });
  });
});

test("when nothing was lost, a rebuild changes nothing but the switch", async () => {
  const { scene, vm, rebuildAll } = await lost();
  await rebuildAll();
  const before = {
    points: await allOf(scene.tables.points),
    record: await scene.recorded("web-01"),
  };
  await rebuildAll();
  expect(await allOf(scene.tables.points)).toEqual(before.points);
  expect(await scene.recorded("web-01")).toEqual(before.record);
  expect(vm).toBe(vmKey());
});
