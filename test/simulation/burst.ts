/** Bursts on a virtual clock, within Azure's budgets: a fleet is tagged at once, or a policy lets go of much at once. */
import type { VmKey } from "../../src/lib/fleet/vm-key.ts";
import { type Policy, policySchema } from "../../src/lib/policy/policy.ts";
import { queues } from "../../src/names.ts";
import { point } from "../fixtures/points.ts";
import { protection } from "../fixtures/records.ts";
import { AzureBudgets, leastMs } from "./azure-budgets.ts";
import { World } from "./world.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

export interface BurstResult {
  /** VMs with their restore point, or restore points that are deleted. */
  readonly done: number;
  readonly wanted: number;
  readonly budgetsExceeded: number;
  /** Until the last one was done. */
  readonly tookMs: number;
  /** What the budgets allow at the least, and the time that Azure itself takes. */
  readonly leastMs: number;
}

const policy = (retention: object): Policy =>
  policySchema.parse({
    name: "burst",
    schedule: { every: "P7D" },
    consistency: "CrashConsistent",
    retention,
  });

const worldWith = (retention: object): { world: World; budgets: AzureBudgets } => {
  const world = new World({ policies: new Map([["burst", policy(retention)]]) });
  const budgets = new AzureBudgets(() => world.now);
  world.arm.fault = budgets.request;
  return { world, budgets };
};

const exceededIn = ({ exceeded }: AzureBudgets): number =>
  [...exceeded.values()].reduce((sum, count) => sum + count, 0);

/** `count` VMs are tagged in the same moment; their events arrive at once. */
export async function tagAtOnce(count: number): Promise<BurstResult> {
  const { world, budgets } = worldWith({ last: 5 });
  const vms = Array.from({ length: count }, (_, number) => world.addVm(`vm-${number}`));
  const began = world.now;
  for (const vm of vms) await world.tag(vm, "burst");
  const done = await until(world, 4 * leastMs(count, 120, 600) + 2 * HOUR, () =>
    vms.filter((vm) => world.arm.succeeded(vm).length === 0),
  );
  return {
    done: count - done.left,
    wanted: count,
    budgetsExceeded: exceededIn(budgets),
    tookMs: done.at - began,
    leastMs: leastMs(count, 120, 600) + world.arm.createMs,
  };
}

/** Each of `count` VMs has `each` restore points more than its policy wants, since this moment. */
export async function letGo(count: number, each: number): Promise<BurstResult> {
  const { world, budgets } = worldWith({ last: 1 });
  const vms: VmKey[] = [];
  for (let number = 0; number < count; number++) vms.push(await addVmWith(world, number, each + 1));
  const began = world.now;
  for (const vm of vms) world.durable.send(queues.planPoints, { vm }, 0, world.now);
  const wanted = count * each;
  const done = await until(world, 4 * leastMs(wanted, 350, 1000) + 2 * HOUR, () =>
    vms.filter((vm) => world.arm.succeeded(vm).length > 1),
  );
  const left = vms.reduce((sum, vm) => sum + world.arm.succeeded(vm).length - 1, 0);
  return {
    done: wanted - left,
    wanted,
    budgetsExceeded: exceededIn(budgets),
    tookMs: done.at - began,
    leastMs: leastMs(wanted, 350, 1000) + world.arm.deleteMs,
  };
}

async function addVmWith(world: World, number: number, points: number): Promise<VmKey> {
  const tags = { "restore-points": "burst" };
  const vm = world.addVm(`vm-${number}`, { tags });
  const { id = "", vmId = "" } = world.arm.vms.get(vm) ?? {};
  const collectionId = `${id.slice(0, id.search(/\/virtualMachines\//i))}/restorePointCollections/rpc-${number}`;
  const source = { sourceId: id, sourceVm: vm, vmId };
  const collection = { id: collectionId, location: "westeurope", ...source, managed: true };
  world.arm.store.collections.set(collectionId.toLowerCase(), collection);
  for (let index = 0; index < points; index++) {
    const row = point(index * HOUR, { vm, vmId, policies: ["burst"] });
    const restorePointId = `${collectionId}/restorePoints/${row.name}`;
    await world.tables.points.upsert({ ...row, restorePointId });
    world.arm.store.add({
      id: restorePointId,
      vm,
      collection,
      request: { excludeDiskIds: [] },
      disks: [],
      createdAt: 0,
      endsAt: 0,
    });
  }
  const more = { tag: "burst", policies: ["burst"], resourceId: id, vmId };
  await world.tables.protections.upsert(protection({ vm, ...more, nextSlotAt: FAR }));
  return vm;
}

const FAR = "2027-01-01T00:00:00.000Z";

/** Lets time pass until nothing is left to do, or `most` is over. */
async function until(
  world: World,
  most: number,
  leftIn: () => readonly VmKey[],
): Promise<{ at: number; left: number }> {
  const end = world.now + most;
  let left = leftIn().length;
  while (left > 0 && world.now < end) {
    await world.pass(MINUTE);
    left = leftIn().length;
  }
  return { at: world.now, left };
}
