/** Ticks on the ports in memory: the time that the app itself takes, by the size of the fleet. */
import { dueVms } from "../../src/lib/plan/due-vms.ts";
import { memoryTables } from "../../test/fakes/memory-tables.ts";
import { percentile } from "../report.ts";
import { dueRows, fleetRows } from "./fleet-rows.ts";
import { quiet } from "./quiet.ts";

const ROUNDS = 300;
const WARM_UP = 50;

export interface TicksInMemory {
  readonly vms: number;
  readonly medianMs: number;
}

/** The sizes take turns, so that whatever else the machine does meets all of them. */
export async function ticksInMemory(sizes: readonly number[], now: Date): Promise<TicksInMemory[]> {
  const fleets = [];
  for (const vms of sizes)
    fleets.push({ vms, times: [] as number[], tick: await fleetOf(vms, now) });
  for (let round = 0; round < WARM_UP + ROUNDS; round++) {
    for (const { tick, times } of fleets) {
      const time = await tick();
      if (round >= WARM_UP) times.push(time);
    }
  }
  return fleets.map(({ vms, times }) => ({ vms, medianMs: percentile(times, 0.5) }));
}

async function fleetOf(vms: number, now: Date): Promise<() => Promise<number>> {
  const tables = memoryTables();
  const { protections, due } = fleetRows(vms, now);
  for (const row of protections) await tables.protections.insert(row);
  for (const row of due) await tables.due.insert(row);
  const dueNow = dueRows(now);
  const delayed = { planVm: async () => {}, planPoints: async () => {} };
  const tick = dueVms({ tables, delayed, now: () => now });
  return async () => {
    for (const row of dueNow) await tables.due.upsert(row);
    const start = performance.now();
    await tick(quiet);
    return performance.now() - start;
  };
}
