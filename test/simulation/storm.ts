/**
 * A storm: for half an hour ARM throttles, fails, loses answers and ends operations badly, the process keeps dying,
 * and events come several times. Afterwards it is calm, and every slot must have its one restore point.
 */
import { expect } from "vitest";
import { protectionKey } from "../../src/lib/fleet/protection.ts";
import type { VmKey } from "../../src/lib/fleet/vm-key.ts";
import type { Fault } from "../fakes/fake-arm/fault.ts";
import { oneOf, type Random, seeded } from "./random.ts";
import { World } from "./world.ts";

const MINUTE = 60_000;
const VMS = 4;

export async function rideOutStorm(seed: number): Promise<void> {
  const random = seeded(seed);
  const world = new World();
  const vms = Array.from({ length: VMS }, (_, index) => world.addVm(`vm-${index}`));
  world.arm.fault = () => (random() < 0.25 ? faultFrom(random) : undefined);
  for (const vm of vms) {
    world.arm.tag(vm, { "restore-points": "hourly" });
    for (let times = Math.ceil(random() * 4); times > 0; times--) {
      await world.deliver(vm, `event-${times}`);
      await world.pass(random() * 5000);
    }
  }
  for (let minutes = 0; minutes < 30; minutes++) {
    world.effects.crashAt = world.effects.count + Math.ceil(random() * 60);
    await world.pass(MINUTE);
  }
  world.effects.crashAt = 0;
  world.arm.fault = () => undefined;
  // Calm: the longest wait between two attempts is an hour, and slots go on meanwhile.
  await world.pass(240 * MINUTE);
  for (const vm of vms) await expectEverySlotServedOnce(world, vm, `seed ${seed}, ${vm}`);
  const active = await world.tables.active.list({}, { size: 100 });
  for (const { createdAt } of active.records) {
    expect(world.now - Date.parse(createdAt), `seed ${seed}`).toBeLessThan(10 * MINUTE);
  }
}

function faultFrom(random: Random): Fault {
  const error = { code: "InternalError", message: "An internal execution error occurred." };
  return oneOf<() => Fault>(random, [
    () => ({ kind: "unsettled", error }),
    () => ({ kind: "answerLost" }),
    () => ({ kind: "failLater", error: { ...error, code: "VMRestorePointInternalError" } }),
    () => ({
      kind: "throttled",
      retryAfterMs: random() * 2 * MINUTE,
      subscriptionWide: random() < 0.5,
      error: { code: "OperationNotAllowed", message: "Too many requests." },
    }),
  ])();
}

async function expectEverySlotServedOnce(world: World, vm: VmKey, context: string): Promise<void> {
  const slots = world.arm.succeeded(vm).map(({ id }) => slotOf(id));
  expect(slots, context).toEqual([...new Set(slots)]);
  const recorded = (
    await world.tables.points.list({ partitionFrom: vm, partitionTo: vm }, { size: 100 })
  ).records;
  const succeeded = recorded.filter(({ state }) => state === "Succeeded").map(({ slot }) => slot);
  expect(succeeded.sort(), context).toEqual(slots.sort());
  const protection = (await world.tables.protections.get(protectionKey(vm)))?.record;
  expect(protection, context).toMatchObject({
    status: "Protected",
    lastSlot: { state: "Succeeded" },
  });
  // A slot without a point has its reason: a failed attempt, or that it is still being worked on.
  const open = protection?.openSlots.map(({ slot }) => slot) ?? [];
  for (const { slot, state, error } of recorded) {
    if (!succeeded.includes(slot) && !open.includes(slot)) {
      expect({ state, error }, `${context}, ${slot}`).toMatchObject({
        state: "Failed",
        error: { code: expect.any(String) },
      });
    }
  }
  expect([...succeeded, ...open, ...recorded.map(({ slot }) => slot)], context).toContain("t1");
}

const slotOf = (restorePointId: string): string =>
  restorePointId.slice(restorePointId.lastIndexOf("/") + 1).replace(/-a\d+$/, "");
