/** Restores on a virtual clock: what they make, what refuses them, and what waits for them. */
import { beforeEach, describe, expect, test } from "vitest";
import { vmIdOf } from "../../src/lib/fleet/vm-key.ts";
import { settlePoisonedOperation } from "../../src/lib/operations/settle-poisoned.ts";
import { RESTORE_TAG } from "../../src/lib/restores/restore.ts";
import { allOf } from "../fakes/memory-tables.ts";
import { MINUTE, RestoresScene } from "./restores-scene.ts";

const error = { code: "AllocationFailed", message: "There is no capacity." };

let scene: RestoresScene;
beforeEach(async () => {
  scene = await new RestoresScene().begin();
});

const surroundings = () => scene.world.arm.surroundings;
const state = async () => (await scene.rows()).map((row) => row.state);

describe("a restore", () => {
  test("of a VM makes its disks, a network interface in the source's subnet, and the VM", async () => {
    expect(await scene.restore()).toMatchObject({ kind: "accepted" });
    await scene.world.pass(2 * MINUTE);
    await scene.expectSettled();
    expect(await state()).toEqual(["Succeeded"]);
    const id = scene.idOf().slice(-8).toLowerCase();
    expect(scene.made()).toEqual([
      `web-01-data-0-${id}`,
      `web-01-data-1-${id}`,
      `web-01-os-${id}`,
      `web-01-${id}`,
      `web-01-${id}-nic-${id}`,
    ]);
    const [nic] = scene.world.arm
      .resources(RESTORE_TAG)
      .filter(({ kind }) => kind === "networkInterface");
    expect(nic?.request).toMatchObject({
      subnetId: expect.stringMatching(/vnet\/subnets\/default$/),
    });
  });

  test("of some disks makes those", async () => {
    await scene.restore({ kind: "disks", disks: [{ lun: 1 }], diskNames: "back" });
    await scene.world.pass(MINUTE);
    await scene.expectSettled();
    expect(scene.made()).toEqual(["back"]);
  });

  test("of a VM that is gone goes to the subnet that it was in", async () => {
    scene.world.arm.vms.delete(scene.vm);
    surroundings().networkPlaces.clear();
    await scene.restore({ kind: "vm", name: "web-01" });
    await scene.world.pass(2 * MINUTE);
    expect(await state()).toEqual(["Succeeded"]);
    const [vm] = scene.world.arm
      .resources(RESTORE_TAG)
      .filter(({ kind }) => kind === "virtualMachine");
    expect(vm?.id.toLowerCase()).toBe(vmIdOf(scene.vm).toLowerCase());
  });

  test("attaches disks of a kind that Azure fills first only when all their bytes are there", async () => {
    const { arm } = scene.world;
    arm.hydrationMs = 30 * MINUTE;
    await scene.restore({ kind: "vm", zone: "1", disks: [{ lun: 0, sku: "PremiumV2_LRS" }] });
    await scene.world.pass(25 * MINUTE);
    expect(await state()).toEqual(["Creating"]);
    expect(arm.calls).not.toContain("putVirtualMachine");
    await scene.world.pass(15 * MINUTE);
    expect(await state()).toEqual(["Succeeded"]);
  });

  test("that is to be left stopped is deallocated before it has succeeded", async () => {
    await scene.restore({ kind: "vm", powerState: "stopped" });
    await scene.world.pass(3 * MINUTE);
    expect(await state()).toEqual(["Succeeded"]);
    const [vm] = scene.world.arm
      .resources(RESTORE_TAG)
      .filter(({ kind }) => kind === "virtualMachine");
    const reading = await scene.world.arm.getPowerState(vm?.id ?? "");
    expect(reading).toEqual({ kind: "found", powerState: "deallocated" });
  });

  test("is deallocated, too, when the message that follows it has failed for good", async () => {
    const { world, vm } = scene;
    world.arm.vmMs = 1000;
    await scene.restore({ kind: "vm", powerState: "stopped" });
    const made = async () =>
      (await allOf(world.tables.operations)).find(
        ({ kind, state: at }) => kind === "createVirtualMachine" && at === "InProgress",
      );
    while ((await made()) === undefined) await world.pass(1000);
    await world.pass(1000);
    const operation = await made();
    if (operation === undefined) throw new Error("The VM was looked at already.");
    await world.ask(vm, async (services, log) => {
      const settle = settlePoisonedOperation(services);
      return { kind: "settled", followUp: await settle(operation.id, log) };
    });
    await world.pass(3 * MINUTE);
    expect(await state()).toEqual(["Succeeded"]);
    expect(world.arm.calls).toContain("deallocate");
  });

  test("that is asked for twice is one", async () => {
    await scene.restore();
    await scene.restore();
    await scene.world.pass(2 * MINUTE);
    await scene.restore();
    await scene.world.pass(2 * MINUTE);
    await scene.expectSettled();
    expect(scene.world.arm.calls.filter((call) => call === "putVirtualMachine")).toHaveLength(1);
  });
});

test("a restore that ARM has no time to check is accepted, and checked later", async () => {
  let throttled = 1;
  scene.world.arm.fault = (method) =>
    method === "getReplication" && throttled-- > 0
      ? { kind: "throttled", retryAfterMs: 30_000, subscriptionWide: true, error }
      : undefined;
  expect(await scene.restore()).toMatchObject({
    kind: "accepted",
    restore: { state: "Checking" },
  });
  await scene.world.pass(5 * MINUTE);
  await scene.expectSettled();
  expect(await state()).toEqual(["Succeeded"]);
});
