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
import { type Inputs, millisecondsOf } from "../tools/cost/inputs.ts";
import { armCallsOf, executionsOf, type Spent, sumOf } from "../tools/cost/spent.ts";
import { atRest } from "./at-rest.ts";
import { spentOnGrant, spentOnRestore } from "./inputs/api-work.ts";
import { withCounter } from "./inputs/count-storage.ts";
import {
  addGroup,
  eachOf,
  type Group,
  putPolicy,
  spentOnTag,
  spentOnTagAgain,
  tagGroup,
  vmNames,
} from "./inputs/groups.ts";
import { createMeter, type Meter } from "./inputs/meter.ts";
import { passes } from "./inputs/passes.ts";
import { slotAhead, spentOnSlot } from "./inputs/slot.ts";
import { hostAtRest, idleTimers } from "./inputs/timers.ts";
import { metrics } from "./invocations.ts";
import { printTable } from "./report.ts";

const { values } = parseArgs({ options: { write: { type: "boolean", default: false } } });
const FILE = new URL("../tools/cost/inputs.json", import.meta.url);
const LONG_MS = 60_000;
const one: Group = { name: "one" };
const groups = {
  usual: { name: "usual" },
  four: { name: "four", disks: 4 },
  long: { name: "long", createMs: LONG_MS },
  kept: { name: "kept", keepsOne: true },
  copied: { name: "copied", isCopied: true },
  slowly: { name: "slowly", isCopied: true, copyMs: LONG_MS },
} satisfies Record<string, Group>;

/** The passes over the fleet are measured on a stack of their own. */
const withoutPasses = {
  "AzureWebJobs.ReconcileFleet.Disabled": "true",
  "AzureWebJobs.FindBreaches.Disabled": "true",
};
/** A slot may come a minute after the first restore point. */
const shortIntervals = { LIMIT_CRASH_CONSISTENT_INTERVAL: "PT1M", LIMIT_CREATES_PER_HOUR: "60" };

/** Runs on all stacks, by function. */
const lived: Record<string, { count: number; totalMs: number }> = {};

// One after the other: side by side they would take longer for each run of a function.
const planned = await onStack({ ...shortIntervals, ...withoutPasses }, plannedWork);
const asked = await onStack(withoutPasses, askedWork);
const passed = await onStack({ ARM_BUDGET_FACTOR: "100" }, passes);
const { host, timers } = planned;
const inputs: Inputs = {
  ...{ measuredBy: "npm run bench:inputs", host, timers },
  work: { ...planned.work, ...asked, ...passed },
  runMilliseconds: Object.fromEntries(
    Object.entries(lived)
      .sort()
      .map(([name, { count, totalMs }]) => [name, Number((totalMs / count).toFixed(1))]),
  ),
};
report(inputs);
const text = `${JSON.stringify(inputs, tidied, 2)}\n`;
if (values.write) await writeFile(FILE, text);
else console.log(text);

/** Differences and averages have no more digits that mean anything. */
function tidied(_key: string, value: unknown): unknown {
  return typeof value === "number" ? Number(value.toFixed(3)) : value;
}

async function onStack<T>(env: Record<string, string>, run: (meter: Meter) => Promise<T>) {
  let lines = 0;
  const onLog = () => {
    lines++;
  };
  const { stack, counter } = await withCounter(() => startStack({ seed: false, env, onLog }));
  try {
    const meter = createMeter(stack, counter, () => lines);
    // Or the second event of each VM that is made would fall into what is measured.
    stack.arm.settings.virtualMachineWriteMs = 0;
    // The policies of the deployment are applied with the first request about them.
    await meter.measure(async () => void (await stack.api("/policies")));
    const result = await run(meter);
    for (const [name, { count, totalMs }] of Object.entries((await metrics(stack)).functions)) {
      const before = lived[name] ?? { count: 0, totalMs: 0 };
      lived[name] = { count: before.count + count, totalMs: before.totalMs + totalMs };
    }
    return result;
  } finally {
    counter.close();
    await stack.close();
  }
}

/** What follows from a policy. */
async function plannedWork(meter: Meter) {
  const { stack } = meter;
  const timers = await idleTimers(meter);
  const host = await hostAtRest(meter);
  const at = slotAhead();
  await putPolicy(stack, one, at);
  for (const group of Object.values(groups)) await putPolicy(stack, group);
  await atRest(stack);
  const scheduled = await spentOnSlot(meter, timers, one, at);
  const spent = async (group: Group) => {
    console.log(`Measuring ${group.name}.`);
    return await spentOnTag(meter, timers, group);
  };
  const usual = await spent(groups.usual);
  const four = await spent(groups.four);
  const long = await spent(groups.long);
  const copied = await spent(groups.copied);
  const slowly = await spent(groups.slowly);
  await spent(groups.kept);
  const again = await spentOnTagAgain(meter, timers, groups.usual);
  const replaced = await spentOnTagAgain(meter, timers, groups.kept);
  return {
    ...{ host, timers },
    work: {
      protectVm: scheduled.tagged,
      createRestorePoint: scheduled.slot,
      dataDisk: sumOf([[without(four, usual), 1 / 3]]),
      lookAtCreate: lookOf(long, usual),
      deleteRestorePoint: without(replaced, again),
      copyRestorePoint: without(copied, usual),
      lookAtCopy: lookOf(slowly, copied),
    },
  };
}

/** What somebody asks for, and an event that changes nothing. */
async function askedWork(meter: Meter) {
  const { stack } = meter;
  const timers = await idleTimers(meter);
  await putPolicy(stack, one);
  await atRest(stack);
  await addGroup(stack, one);
  await tagGroup(stack, one, one.name);
  const event = await meter.measure(() => tagGroup(stack, one, one.name));
  const vms = vmNames(one.name);
  return {
    event: eachOf(event.spent, timers),
    grant: await spentOnGrant(meter, timers, vms),
    restoreDisks: await spentOnRestore(meter, timers, { kind: "disks", vms }),
    restoreVm: await spentOnRestore(meter, timers, { kind: "vm", vms }),
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

function report(all: Inputs): void {
  const { timers: idle, work } = all;
  const number = (value: number) => Number(value.toFixed(1));
  printTable([
    ["work", "tables", "queues", "blobs", "ARM", "runs", "ms", "log lines"],
    ...Object.entries({ ...idle, ...work }).map(([name, spent]) => [
      name,
      ...[spent.tables, spent.queues, spent.blobReads + spent.blobWrites].map(number),
      ...[armCallsOf(spent), executionsOf(spent)].map(number),
      number(millisecondsOf(spent, all)),
      number(spent.logLines),
    ]),
  ]);
}
