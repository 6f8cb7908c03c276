import { describe, expect, test } from "vitest";
import { protectionKey } from "../../src/lib/fleet/protection.ts";
import { allOf } from "../fakes/memory-tables.ts";
import { World } from "./world.ts";

const MINUTE = 60_000;

async function protectionOf(world: World, vm: Parameters<typeof protectionKey>[0]) {
  return (await world.tables.protections.get(protectionKey(vm)))?.record;
}

describe("tag a VM", () => {
  test("one tag gives one restore point, tracked to its end", async () => {
    const world = new World();
    const vm = world.addVm("web-01");
    await world.tag(vm, "hourly");
    await world.pass(2 * MINUTE);
    expect(world.arm.succeeded(vm).map(({ request }) => request)).toEqual([
      expect.objectContaining({ consistencyMode: "CrashConsistent", excludeDiskIds: [] }),
    ]);
    expect(await protectionOf(world, vm)).toMatchObject({
      status: "Protected",
      generation: 1,
      openSlots: [],
      lastSlot: { slot: "t1", state: "Succeeded" },
    });
  });
});

test("an outage of Azure that outlasts every try does not cost the VM its restore point", async () => {
  const world = new World();
  const vm = world.addVm("web-01");
  const over = world.now + 25 * MINUTE;
  const error = { code: "ServiceUnavailable", message: "Try again later." };
  world.arm.fault = (method) =>
    method === "putRestorePoint" && world.now < over ? { kind: "unsettled", error } : undefined;
  await world.tag(vm, "daily");
  await world.pass(20 * MINUTE);
  const [first] = (await world.tables.points.list({}, { size: 1 })).records;
  expect(first).toMatchObject({ name: "t1-a1", state: "Failed", error: { code: error.code } });
  // The fourth attempt waits for Azure's limit of three an hour.
  await world.pass(70 * MINUTE);
  expect(world.arm.succeeded(vm)).toHaveLength(1);
  expect(await protectionOf(world, vm)).toMatchObject({
    lastSlot: { slot: "t1", state: "Succeeded" },
  });
});

describe("a crash at every boundary between two effects", () => {
  test("never loses nor doubles the restore point of the slot, and tells of it under one id", async () => {
    const undisturbed = new World({ publish: async () => undefined });
    await undisturbed.tag(undisturbed.addVm("web-01"), "hourly");
    await undisturbed.pass(2 * MINUTE);
    const boundaries = undisturbed.effects.count;
    expect(boundaries).toBeGreaterThan(40);

    for (let crashAt = 1; crashAt <= boundaries; crashAt++) {
      const told = new Set<string>();
      const world = new World({ publish: async ({ id }) => void told.add(id) });
      world.effects.crashAt = crashAt;
      const vm = world.addVm("web-01");
      await world.tag(vm, "hourly");
      // Short of the next slot; longer than a lost message stays invisible.
      await world.pass(25 * MINUTE);
      const context = `crash at boundary ${crashAt} of ${boundaries}`;
      expect(world.crashes, context).toBe(1);
      expect(world.arm.succeeded(vm), context).toHaveLength(1);
      expect(await protectionOf(world, vm), context).toMatchObject({
        openSlots: [],
        lastSlot: { slot: "t1", state: "Succeeded" },
      });
      const { operation } = (await allOf(world.tables.points))[0] ?? {};
      expect([...told], context).toEqual([operation]);
      expect((await world.tables.active.list({}, { size: 10 })).records, context).toEqual([]);
    }
  });
});
