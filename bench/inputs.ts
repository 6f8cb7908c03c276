/**
 * What each kind of work takes of everything that costs money or is limited: requests to storage, runs of functions,
 * calls of ARM. Measured on a local stack with the schedule of a deployment, ten VMs of a kind at a time; it takes
 * half an hour. `docs/scale.md` goes by what was written last.
 *
 *     node bench/inputs.ts [--write]
 */
import { writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { startStack } from "../local/stack/start-stack.ts";
import type { Inputs } from "../tools/cost/inputs.ts";
import { armCallsOf, executionsOf, type Spent, sumOf } from "../tools/cost/spent.ts";
import { spentOnGrant, spentOnRestore } from "./inputs/api-work.ts";
import { withCounter } from "./inputs/count-storage.ts";
import { createMeter, type Meter, withoutTimers } from "./inputs/meter.ts";
import { type Passes, passes } from "./inputs/passes.ts";
import { type SlotOptions, spentOnSlot, VMS, vmNames } from "./inputs/slots.ts";
import { hostAtRest, idleTimers } from "./inputs/timers.ts";
import { addVms, tagVms } from "./many-vms.ts";
import { printTable } from "./report.ts";

const { values } = parseArgs({ options: { write: { type: "boolean", default: false } } });
const FILE = new URL("../tools/cost/inputs.json", import.meta.url);
/** Each makes restore points of its own ten VMs; so many looks more are taken at those that take longer. */
const LONG_MS = 60_000;

/** The passes over the fleet are measured on a stack of their own. */
const withoutPasses = {
  "AzureWebJobs.ReconcileFleet.Disabled": "true",
  "AzureWebJobs.FindBreaches.Disabled": "true",
};
/** A slot may come a minute after the first restore point. */
const shortIntervals = { LIMIT_CRASH_CONSISTENT_INTERVAL: "PT1M", LIMIT_CREATES_PER_HOUR: "60" };

const { timers, ...rest } = await onStack({ ...shortIntervals, ...withoutPasses }, work);
const inputs: Inputs = {
  ...rest,
  timers,
  work: {
    ...rest.work,
    ...(await onStack({ ARM_BUDGET_FACTOR: "100" }, (meter) => passes(meter, timers))),
  },
};
report(inputs);
const text = `${JSON.stringify(inputs, undefined, 2)}\n`;
if (values.write) await writeFile(FILE, text);
else console.log(text);

async function onStack<T>(env: Record<string, string>, run: (meter: Meter) => Promise<T>) {
  let lines = 0;
  const onLog = () => {
    lines++;
  };
  const { stack, counter } = await withCounter(() => startStack({ seed: false, env, onLog }));
  try {
    const meter = createMeter(stack, counter, () => lines);
    // The policies of the deployment are applied with the first request about them.
    await meter.measure(async () => void (await stack.api("/policies")));
    return await run(meter);
  } finally {
    counter.close();
    await stack.close();
  }
}

async function work(
  meter: Meter,
): Promise<Omit<Inputs, "work"> & { readonly work: Omit<Inputs["work"], keyof Passes> }> {
  const { stack } = meter;
  const timers = await idleTimers(meter);
  const host = await hostAtRest(meter);
  const onSlot = async (options: SlotOptions) => {
    console.log(`Measuring ${options.name}.`);
    return await spentOnSlot(meter, timers, options);
  };
  // The first of all makes tables and connections.
  const warmUp = vmNames("warm-up");
  await addVms(stack, warmUp);
  await meter.measure(() => tagVms(stack, warmUp));
  const one = await onSlot({ name: "one" });
  const four = await onSlot({ name: "four", disks: 4 });
  const long = await onSlot({ name: "long", createMs: LONG_MS });
  const kept = await onSlot({ name: "kept", keepsOne: true });
  const copied = await onSlot({ name: "copied", isCopied: true });
  const slowly = await onSlot({ name: "slowly", isCopied: true, copyMs: LONG_MS });
  const vms = vmNames("one");
  const events = await meter.measure(async () => {
    for (const vm of vms) await stack.tagVm(vm, "one");
  });
  const grant = await spentOnGrant(meter, timers, vms);
  const restoreDisks = await spentOnRestore(meter, timers, { kind: "disks", vms });
  const restoreVm = await spentOnRestore(meter, timers, { kind: "vm", vms });
  return {
    measuredBy: "npm run bench:inputs",
    host,
    timers,
    work: {
      protectVm: one.tagged,
      createRestorePoint: one.slot,
      dataDisk: sumOf([
        [four.slot, 1 / 3],
        [one.slot, -1 / 3],
      ]),
      lookAtCreate: lookOf(long.slot, one.slot),
      deleteRestorePoint: without(kept.slot, one.slot),
      copyRestorePoint: without(copied.slot, one.slot),
      lookAtCopy: lookOf(slowly.slot, copied.slot),
      event: sumOf([[withoutTimers(events.spent, timers), 1 / VMS]]),
      ...{ grant, restoreDisks, restoreVm },
    },
  };
}

function without(spent: Spent, part: Spent): Spent {
  return sumOf([
    [spent, 1],
    [part, -1],
  ]);
}

/** They differ by so many looks, and by nothing else. */
function lookOf(longer: Spent, shorter: Spent): Spent {
  const more = without(longer, shorter);
  return sumOf([[more, 1 / (more.runs["TrackOperation"] ?? Number.NaN)]]);
}

function report({ timers, work }: Inputs): void {
  const number = (value: number) => Number(value.toFixed(1));
  printTable([
    ["work", "tables", "queues", "blobs", "ARM", "runs", "ms", "log lines"],
    ...Object.entries({ ...timers, ...work }).map(([name, spent]) => [
      name,
      ...[spent.tables, spent.queues, spent.blobReads + spent.blobWrites].map(number),
      ...[armCallsOf(spent), executionsOf(spent)].map(number),
      number(Object.values(spent.milliseconds).reduce((sum, ms) => sum + ms, 0)),
      number(spent.logLines),
    ]),
  ]);
}
