/**
 * Tag → restore point PUT received by ARM, over 100 tags a few seconds apart, on a local stack with idle queues and
 * their real polling. Each leg is taken where it happens: the tag's answer, the functions' own invocations, and the
 * emulator's request log.
 */
import { setTimeout as delay } from "node:timers/promises";
import { addVm } from "../local/stack/add-vm.ts";
import { type Stack, startStack } from "../local/stack/start-stack.ts";
import { vmIdOf } from "../local/stack/vm-address.ts";
import { invocations } from "./invocations.ts";
import { conclude, percentile, printTable, rounded } from "./report.ts";

const TAGS = 100;
const SHORTEST_PAUSE = 2000;
const LONGEST_PAUSE = 4000;

interface Legs {
  /** The tag is written, and its event on its way. */
  readonly tagged: number;
  readonly event: number;
  readonly planned: number;
  readonly submitted: number;
  readonly total: number;
}

const stack = await startStack({ seed: false });
try {
  const names = Array.from({ length: TAGS }, (_, index) => `bench-${index}`);
  for (const name of names) await addVm(stack, vmIdOf(name));
  const samples: Legs[] = [];
  console.log(
    `Tagging ${TAGS} VMs, ${SHORTEST_PAUSE / 1000} to ${LONGEST_PAUSE / 1000} s apart.\n`,
  );
  for (const [index, name] of names.entries()) {
    samples.push(await measure(stack, name));
    if ((index + 1) % 20 === 0) console.log(`  ${index + 1} of ${TAGS}`);
    await delay(SHORTEST_PAUSE + Math.random() * (LONGEST_PAUSE - SHORTEST_PAUSE));
  }
  report(samples);
} finally {
  await stack.close();
}

async function measure(running: Stack, name: string): Promise<Legs> {
  const start = Date.now();
  await running.tagVm(name, "hourly");
  const tagged = Date.now();
  const put = await restorePointPut(running, name);
  const event = await startOf(running, "ResourceChanged", start);
  const planned = await startOf(running, "StartOperation", start);
  return {
    tagged: tagged - start,
    event: event - start,
    planned: planned - event,
    submitted: put - planned,
    total: put - start,
  };
}

/** When the first run of a function began; it is known when that run has ended. */
async function startOf(running: Stack, name: string, since: number): Promise<number> {
  for (;;) {
    const runs = await invocations(running);
    const first = runs.find((run) => run.name === name && run.startedAt >= since);
    if (first) return first.startedAt;
    await delay(20);
  }
}

/** When ARM received the PUT of the restore point of this VM. */
async function restorePointPut({ arm }: Stack, name: string): Promise<number> {
  const pattern = new RegExp(`/rpc-${name}-[^/]+/restorePoints/[^/]+$`, "i");
  for (;;) {
    const put = arm.requests.find(({ method, path }) => method === "PUT" && pattern.test(path));
    if (put) return put.at;
    await delay(5);
  }
}

function report(samples: readonly Legs[]): void {
  const legs: readonly (readonly [string, keyof Legs])[] = [
    ["tag written (answered by ARM)", "tagged"],
    ["tag → ResourceChanged runs", "event"],
    ["→ StartOperation runs (VM read, planned, recorded)", "planned"],
    ["→ restore point PUT received by ARM", "submitted"],
    ["tag → restore point PUT received by ARM", "total"],
  ];
  const at = (leg: keyof Legs, share: number) =>
    rounded(
      percentile(
        samples.map((sample) => sample[leg]),
        share,
      ),
    );
  console.log();
  printTable([
    ["leg, ms", "p50", "p90", "p99", "max"],
    ...legs.map(([text, leg]) => [text, at(leg, 0.5), at(leg, 0.9), at(leg, 0.99), at(leg, 1)]),
  ]);
  conclude({
    bench: "latency",
    figures: { tags: samples.length, p50Ms: at("total", 0.5), p99Ms: at("total", 0.99) },
    targets: [
      { figure: "p50Ms", below: 1000 },
      { figure: "p99Ms", below: 3000 },
    ],
  });
}
