/** 10,000 VMs with 20 restore points each, loaded as a saved state: the memory of the process, and pages that do not slow down. */
import { readFileSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { percentile, printTable, rounded } from "../report.ts";
import { type Ask, done, type EmulatorProcess } from "./emulator-process.ts";
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

export async function holdMany({ control, pid }: EmulatorProcess, ask: Ask): Promise<Many> {
  for (let number = 0; number < POINTS; number++) {
    await done(ask("PUT", `${COLLECTION}/restorePoints/rp-${number}?api-version=2026-04-01`, {}));
    await succeeded(ask, `${COLLECTION}/restorePoints/rp-${number}?api-version=2026-04-01`);
  }
  const saved = (await (await fetch(`${control}/state`)).text()).split("\n");
  const began = performance.now();
  const loaded = await fetch(`${control}/state`, {
    method: "PUT",
    body: ReadableStream.from(multiplied(saved)),
    duplex: "half",
  });
  if (!loaded.ok) throw new Error(`Loading answered ${loaded.status}: ${await loaded.text()}`);
  const seconds = (performance.now() - began) / 1000;
  const memoryMB = memoryOf(pid);
  const times = await pageTimes(ask);
  const first = percentile(times.slice(0, PAGES_COMPARED), 0.5);
  const last = percentile(times.slice(-PAGES_COMPARED), 0.5);
  console.log(`${VMS} VMs with ${POINTS} restore points each, loaded in ${rounded(seconds)} s:\n`);
  printTable([
    ["figure", "value"],
    ["memory of the process, MB", rounded(memoryMB)],
    ["pages of the list of VMs", times.length],
    ["first pages, ms (median)", Number(first.toFixed(1))],
    ["last pages, ms (median)", Number(last.toFixed(1))],
  ]);
  return { memoryMB, lastPagesToFirst: last / first };
}

export async function succeeded(ask: Ask, path: string): Promise<void> {
  while (true) {
    const { text } = await done(ask("GET", path));
    if (text.includes('"provisioningState":"Succeeded"')) return;
    await delay(5);
  }
}

/** The saved state, with its one VM and what belongs to it as many times as are wanted. */
async function* multiplied(saved: readonly string[]): AsyncGenerator<Uint8Array> {
  const lines = saved.filter((line) => line !== "");
  const copied = lines.filter((line) => COPIED.has(partOf(line)));
  const once = lines.filter((line) => !COPIED.has(partOf(line)) && partOf(line) !== "operations");
  yield Buffer.from(once.map((line) => `${line}\n`).join(""));
  for (let number = 0; number < VMS; number++) {
    const text = copied.map((line) => `${renamed(line, number)}\n`).join("");
    yield Buffer.from(text);
  }
}

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
