/** 10,000 VMs with 20 restore points each, loaded as a saved state: the memory of the process, and pages that do not slow down. */
import { readFileSync } from "node:fs";
import { percentile, printTable, rounded } from "../report.ts";
import {
  type Ask,
  createAsk,
  done,
  type EmulatorProcess,
  startEmulatorProcess,
} from "./emulator-process.ts";
import { givenProtectedVm, succeeded } from "./given.ts";
import { COLLECTION, GROUP, SUBSCRIPTION, VM_NAME } from "./names.ts";

const VMS = 10_000;
const POINTS = 20;
const COPIED = new Set(["virtualMachines", "disks", "collections", "restorePoints"]);
const PAGES_COMPARED = 20;

export interface Many {
  readonly memoryMB: number;
  /** Time of the last pages of the list, divided by that of the first. */
  readonly lastPagesToFirst: number;
}

/**
 * `folder`: where the emulator keeps its state. It is started anew to be measured: what loading left behind is not what
 * holding takes.
 */
export async function holdMany(folder: string): Promise<Many> {
  const loading = await startEmulatorProcess(folder);
  const seconds = await load(loading);
  await loading.stop();
  const began = performance.now();
  const emulator = await startEmulatorProcess(folder);
  const startSeconds = (performance.now() - began) / 1000;
  try {
    const memoryMB = memoryOf(emulator.pid);
    const ask = createAsk(emulator);
    const times = await pageTimes(ask);
    ask.close();
    const first = percentile(times.slice(0, PAGES_COMPARED), 0.5);
    const last = percentile(times.slice(-PAGES_COMPARED), 0.5);
    console.log(`${VMS} VMs with ${POINTS} restore points each:\n`);
    printTable([
      ["figure", "value"],
      ["loading them, s", rounded(seconds)],
      ["starting with them, s", rounded(startSeconds)],
      ["memory of the process, MB", rounded(memoryMB)],
      ["memory after listing all VMs, MB", rounded(memoryOf(emulator.pid))],
      ["pages of the list of VMs", times.length],
      ["first pages, ms (median)", Number(first.toFixed(1))],
      ["last pages, ms (median)", Number(last.toFixed(1))],
    ]);
    return { memoryMB: Math.max(memoryMB, memoryOf(emulator.pid)), lastPagesToFirst: last / first };
  } finally {
    await emulator.stop();
  }
}

/** Makes one VM with its restore points, saves it, and loads it many times over. Answers the seconds of the load. */
async function load(emulator: EmulatorProcess): Promise<number> {
  const ask = createAsk(emulator);
  await givenProtectedVm(emulator, ask);
  for (let number = 0; number < POINTS; number++) {
    const path = `${COLLECTION}/restorePoints/rp-${number}?api-version=2026-04-01`;
    await done(ask("PUT", path, {}));
    await succeeded(ask, path);
  }
  ask.close();
  const saved = (await (await fetch(`${emulator.control}/state`)).text()).split("\n");
  const began = performance.now();
  const loaded = await fetch(`${emulator.control}/state`, {
    method: "PUT",
    body: ReadableStream.from(multiplied(saved)),
    duplex: "half",
  });
  if (!loaded.ok) throw new Error(`Loading answered ${loaded.status}: ${await loaded.text()}`);
  return (performance.now() - began) / 1000;
}

/** The saved state, with its one VM and what belongs to it as many times as are wanted. The last line counts the others. */
async function* multiplied(saved: readonly string[]): AsyncGenerator<Uint8Array> {
  const lines = saved.filter((line) => line !== "").slice(0, -1);
  const copied = lines.filter((line) => COPIED.has(partOf(line)));
  const once = lines.filter((line) => !COPIED.has(partOf(line)) && partOf(line) !== "operations");
  yield bytesOf(once);
  for (let number = 0; number < VMS; number++) {
    yield bytesOf(copied.map((line) => renamed(line, number)));
  }
  yield bytesOf([JSON.stringify({ lines: once.length + VMS * copied.length })]);
}

const bytesOf = (lines: readonly string[]): Uint8Array =>
  Buffer.from(lines.map((line) => `${line}\n`).join(""));

const partOf = (line: string): string => /^\[\["(\w+)"/.exec(line)?.[1] ?? "";

const GUID = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

const renamed = (line: string, number: number): string =>
  line
    .replaceAll(VM_NAME, `vm-${`${number}`.padStart(5, "0")}`)
    .replace(GUID, (guid) =>
      guid === SUBSCRIPTION ? guid : number.toString(16).padStart(8, "0") + guid.slice(8),
    );

/** Resident memory, of Linux. */
function memoryOf(pid: number): number {
  const [, kilobytes = "0"] =
    /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
  return Number(kilobytes) / 1024;
}

async function pageTimes(ask: Ask): Promise<number[]> {
  const times: number[] = [];
  let next: string | undefined =
    `${GROUP}/providers/Microsoft.Compute/virtualMachines?api-version=2026-04-01`;
  while (next !== undefined) {
    const start = performance.now();
    const { text } = await done(ask("GET", next));
    times.push(performance.now() - start);
    const page: { readonly nextLink?: string } = JSON.parse(text);
    next = page.nextLink;
  }
  return times;
}
