/**
 * A long simulation: `npm run simulate -- --vms 1000 --days 365 --seeds 1 --seed 1`. Seeds run side by side, each in
 * its own thread. `--only 17,18` runs only the VMs with these numbers, `--faults 120-245` only these faults: so the
 * shortest trace of a broken invariant is repeated. `--lose plan-vm` says which queues lose messages.
 */
import { once } from "node:events";
import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import { Worker } from "node:worker_threads";
import { type FleetOptions, numbersUpTo } from "./simulation/fleet.ts";
import type { SeedMessage, SeedReport } from "./simulation/seed-worker.ts";
import type { Shortest } from "./simulation/shorten.ts";

const { values } = parseArgs({
  options: {
    vms: { type: "string", default: "1000" },
    days: { type: "string", default: "365" },
    seeds: { type: "string", default: "1" },
    seed: { type: "string", default: "1" },
    only: { type: "string" },
    faults: { type: "string" },
    lose: { type: "string" },
  },
});
const DAYS_BETWEEN_LINES = 30;
const startedAt = performance.now();
const print = (line: string) => process.stdout.write(`${line}\n`);

const [from, to] = (values.faults ?? "").split("-").map(Number);
const options = {
  days: Number(values.days),
  vms: values.only ? values.only.split(",").map(Number) : numbersUpTo(Number(values.vms)),
  ...(values.lose === undefined ? {} : { loses: values.lose.split(",") }),
  ...(from === undefined || to === undefined ? {} : { faults: { from, to } }),
};
const first = Number(values.seed);
const waiting = numbersUpTo(Number(values.seeds)).map((number) => first + number);
const reports: SeedReport[] = [];

async function runSeed(seed: number): Promise<void> {
  const workerData: FleetOptions = { ...options, seed };
  const worker = new Worker(new URL("./simulation/seed-worker.ts", import.meta.url), {
    workerData,
    resourceLimits: { maxOldGenerationSizeMb: 8192 },
  });
  worker.on("message", (message: SeedMessage) => {
    if ("day" in message) printDay(seed, message.day);
    else {
      reports.push(message);
      printReport(seed, message);
    }
  });
  await once(worker, "exit");
}

async function takeSeeds(): Promise<void> {
  for (let seed = waiting.shift(); seed !== undefined; seed = waiting.shift()) await runSeed(seed);
}

function printDay(seed: number, day: number): void {
  if (day % DAYS_BETWEEN_LINES !== 0) return;
  const seconds = (performance.now() - startedAt) / 1000;
  print(`seed ${seed}: day ${day} of ${options.days}, ${seconds.toFixed(0)} s`);
}

function printReport(seed: number, { result, seconds, shortest }: SeedReport): void {
  const { vmDays, invocations, points, deletions, crashes, faults } = result;
  print(
    `seed ${seed}: ${shortest ? "BROKEN" : "all invariants held"}; ${vmDays} VM-days in ${seconds.toFixed(1)} s, ` +
      `${(vmDays / seconds).toFixed(0)} VM-days/s; ${invocations} invocations, ${points} restore points, ` +
      `${deletions} deletions, ${faults} faults, ${crashes} crashes`,
  );
  if (shortest) printShortest(seed, shortest);
}

function printShortest(
  seed: number,
  { options: used, broken, faults, lines, runs }: Shortest,
): void {
  const { vms, days, loses } = used;
  print(`  ${broken.invariant}: ${broken.vm} at ${new Date(broken.at).toISOString()}`);
  print(`  ${broken.what}`);
  const window = used.faults ? ` --faults ${used.faults.from}-${used.faults.to}` : "";
  const lose = loses ? ` --lose ${loses.join()}` : "";
  const fleet = vms.length === Number(values.vms) ? `--vms ${vms.length}` : `--only ${vms.join()}`;
  print(
    `  shortest of ${runs} runs, with ${faults} faults: npm run simulate -- --seed ${seed} --days ${days} ${fleet}${window}${lose}`,
  );
  for (const line of lines) print(`    ${line}`);
}

const threads = Math.min(waiting.length, availableParallelism());
await Promise.all(numbersUpTo(threads).map(takeSeeds));
const vmDays = reports.reduce((sum, { result }) => sum + result.vmDays, 0);
const seconds = (performance.now() - startedAt) / 1000;
const broken = reports.filter(({ shortest }) => shortest).length;
const memory = (process.memoryUsage.rss() / 2 ** 20).toFixed(0);
print(
  `${reports.length} seeds, ${broken} broken; ${vmDays} VM-days in ${seconds.toFixed(0)} s, ` +
    `${(vmDays / seconds).toFixed(0)} VM-days/s; ${memory} MiB`,
);
if (broken > 0 || reports.length < Number(values.seeds)) process.exitCode = 1;
