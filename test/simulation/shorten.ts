/** Of a run that breaks an invariant, the smallest one that still does: fewer VMs, fewer faults. */
import { type FleetOptions, type FleetResult, runFleet } from "./fleet.ts";
import type { Broken } from "./invariants/invariant.ts";

const LAST_LINES = 30;

export interface Shortest {
  readonly options: FleetOptions;
  readonly broken: Broken;
  readonly faults: number;
  /** The last lines of the app's log about the VM. */
  readonly lines: readonly string[];
  readonly runs: number;
}

interface Failing {
  readonly options: FleetOptions;
  readonly result: FleetResult & { readonly broken: Broken };
}

/** No further run begins after `untilMs` on the wall clock, which `clock` tells. */
export async function shorten(
  first: Failing,
  untilMs: number,
  clock: () => number,
): Promise<Shortest> {
  let shortest = first;
  let runs = 0;
  const stillFails = async (smaller: Partial<FleetOptions>): Promise<boolean> => {
    if (clock() > untilMs) return false;
    runs++;
    const options = { ...shortest.options, ...smaller };
    const result = await runFleet(options);
    if (result.broken === undefined) return false;
    shortest = { options, result: { ...result, broken: result.broken } };
    return true;
  };

  await withFewerVms(() => shortest, stillFails);
  await withFewerFaults(() => shortest, stillFails);
  const { options, result } = shortest;
  const { broken, faults } = result;
  return { options, broken, faults, lines: await linesOf(options, broken), runs };
}

type StillFails = (smaller: Partial<FleetOptions>) => Promise<boolean>;

/** The VM alone; if it needs others, halves of them are left out one after the other. */
async function withFewerVms(now: () => Failing, stillFails: StillFails): Promise<void> {
  const number = Number(/\d+$/.exec(now().result.broken.vm)?.[0]);
  if (await stillFails({ vms: [number] })) return;
  for (let parts = 2; parts <= now().options.vms.length; parts *= 2) {
    for (let part = 0; part < parts; part++) {
      const { vms } = now().options;
      const size = Math.ceil(vms.length / parts);
      const rest = vms.filter((_, index) => Math.floor(index / size) !== part);
      if (rest.length > 0 && rest.length < vms.length) await stillFails({ vms: rest });
    }
  }
}

/** Bisects for the last fault that is needed, then for the first. */
async function withFewerFaults(now: () => Failing, stillFails: StillFails): Promise<void> {
  let [enough, tooFew] = [now().result.numbers, -1];
  while (enough - tooFew > 1) {
    const to = Math.floor((enough + tooFew) / 2);
    if (await stillFails({ faults: { from: 0, to } })) enough = to;
    else tooFew = to;
  }
  let [needed, tooMany] = [0, enough + 1];
  while (tooMany - needed > 1) {
    const from = Math.floor((needed + tooMany) / 2);
    if (await stillFails({ faults: { from, to: enough } })) needed = from;
    else tooMany = from;
  }
}

async function linesOf(options: FleetOptions, { vm, at }: Broken): Promise<string[]> {
  const lines: string[] = [];
  const log = (time: number, line: string) => {
    if (time > at || !line.includes(vm)) return;
    lines.push(`${new Date(time).toISOString()} ${line}`);
    if (lines.length > LAST_LINES) lines.shift();
  };
  await runFleet({ ...options, log });
  return lines;
}
