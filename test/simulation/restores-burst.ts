/** Many VMs restored in the same moment, on a virtual clock, within Azure's budgets. */
import type { VmKey } from "../../src/lib/fleet/vm-key.ts";
import { operationIdOf } from "../../src/lib/operations/operation-id.ts";
import { startOperation } from "../../src/lib/operations/start-operation.ts";
import { requestRestore } from "../../src/lib/restores/request-restore.ts";
import { restoreRequestSchema } from "../../src/lib/restores/restore-request.ts";
import { allOf } from "../fakes/memory-tables.ts";
import { AzureBudgets } from "./azure-budgets.ts";
import type { BurstResult } from "./burst.ts";
import { addVm, MINUTE } from "./restores-scene.ts";
import { World } from "./world.ts";

const SECOND = 1000;
const DATA_DISKS = 3;
/** The disks, the network interface and the VM. */
const WRITES = DATA_DISKS + 3;
const asked = restoreRequestSchema.parse({ kind: "vm" });
const by = { id: "alice", kind: "person" } as const;

/** `count` VMs with four disks each are restored as wholes. */
export async function restoreAtOnce(count: number): Promise<BurstResult> {
  const world = new World();
  const vms = Array.from({ length: count }, (_, number) =>
    addVm(world, `vm-${number}`, DATA_DISKS),
  );
  for (const vm of vms) await world.tag(vm, "daily");
  await world.pass(60 * MINUTE);
  const budgets = new AzureBudgets(() => world.now);
  world.arm.fault = budgets.request;
  const began = world.now;
  for (const vm of vms) await restore(world, vm);
  await world.pass(20 * MINUTE);
  const restores = await allOf(world.tables.restores);
  const done = restores.filter(({ state }) => state === "Succeeded");
  const last = Math.max(...done.map(({ endedAt = "" }) => Date.parse(endedAt)));
  const exceeded = [...budgets.exceeded.values()].reduce((sum, times) => sum + times, 0);
  return {
    done: done.length,
    wanted: count,
    budgetsExceeded: exceeded,
    tookMs: last - began,
    leastMs: leastWritesMs(count * WRITES) + world.arm.vmMs,
  };
}

/** When the last of so many writes can be sent, which is that of a VM: 200 at once, and 10 a second. */
const leastWritesMs = (writes: number): number => (Math.max(0, writes - 200) / 10) * SECOND;

async function restore(world: World, vm: VmKey): Promise<void> {
  const id = operationIdOf(vm, "01HZZZZZZZZZZZZZZZZZZZZZZZ");
  await world.ask(vm, (services, log) =>
    requestRestore(
      { ...services, start: startOperation(services) },
      { ...{ id, by, partner: false, correlationId: "c-1" }, at: services.now() },
      "t1-a1",
      asked,
      log,
    ),
  );
}
