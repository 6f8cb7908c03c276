import { describe, expect, test } from "vitest";
import { everyTurn, protectedVm } from "./protected-vm.ts";

const deletedOf = (calls: readonly string[]) =>
  calls.filter((call) => call === "deleteRestorePointCollection");

describe("an empty collection of ours", () => {
  test("goes when its VM is gone, and it is said so", async () => {
    const { scene, vm, collection } = await protectedVm();
    scene.arm.vms.delete(vm);
    await everyTurn(scene);
    expect(scene.arm.store.collections.size).toBe(0);
    expect(await scene.drift()).toContainEqual(
      expect.objectContaining({ kind: "orphanedCollection", vm, about: collection.id }),
    );
  });

  test("goes when its VM was made anew, and has another collection", async () => {
    const { scene } = await protectedVm();
    scene.addVm("web-01", "hourly", { vmId: "99999999-0000-4000-8000-000000000001" });
    await everyTurn(scene);
    expect(scene.arm.store.collections.size).toBe(0);
  });

  test("stays while its VM is there: its next restore point goes into it", async () => {
    const { scene } = await protectedVm();
    await everyTurn(scene);
    expect(deletedOf(scene.arm.calls)).toEqual([]);
  });

  test("stays while deletions are switched off", async () => {
    const { scene, vm } = await protectedVm();
    scene.arm.vms.delete(vm);
    const since = new Date(scene.at).toISOString();
    await scene.tables.switches.upsert({ name: "deletions", value: "off", reason: "-", since });
    await everyTurn(scene);
    expect(deletedOf(scene.arm.calls)).toEqual([]);
  });

  test("of copies goes when the collection that they came from is gone", async () => {
    const { scene, collection } = await protectedVm();
    const id = `${collection.id}-northeurope`;
    await scene.arm.putRestorePointCollection({
      ...{ id, location: "northeurope" },
      sourceId: collection.id,
    });
    await everyTurn(scene);
    expect(scene.arm.store.collections.has(id.toLowerCase())).toBe(true);
    scene.arm.store.collections.delete(collection.id.toLowerCase());
    await everyTurn(scene);
    expect(scene.arm.store.collections.has(id.toLowerCase())).toBe(false);
  });
});

test("a collection that holds anything is never removed, whatever became of its VM", async () => {
  const { scene, vm, inAzure } = await protectedVm();
  inAzure("made-by-hand");
  scene.arm.vms.delete(vm);
  await everyTurn(scene);
  expect(deletedOf(scene.arm.calls)).toEqual([]);
});

test("somebody else's empty collection is never removed", async () => {
  const { scene, vm, collection } = await protectedVm();
  scene.arm.store.collections.set(collection.id.toLowerCase(), { ...collection, managed: false });
  scene.arm.vms.delete(vm);
  await everyTurn(scene);
  expect(deletedOf(scene.arm.calls)).toEqual([]);
});
