/** GET of one resource, against a bare server that answers the same JSON: rounds in turn, so that both have the same weather. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { Agent } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createCertificate } from "../../local/tls/certificate.ts";
import { percentile, printTable, rounded } from "../report.ts";
import { type Ask, done, type EmulatorProcess, firstLine, send } from "./emulator-process.ts";

const ROUNDS = 7;
const REQUESTS = 3000;
const AT_ONCE = 32;
const SCRIPT = fileURLToPath(new URL("./bare-server.ts", import.meta.url));

/** Requests a second of the emulator, divided by those of the bare server; the median of the rounds. */
export async function throughputRatio(
  emulator: EmulatorProcess,
  ask: Ask,
  path: string,
): Promise<number> {
  const { text } = await done(ask("GET", path));
  const folder = await mkdtemp(join(tmpdir(), "bench-arm-"));
  const certificate = await createCertificate(folder);
  const bare = spawn(process.execPath, [SCRIPT, certificate.certFile, certificate.keyFile, text], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  try {
    const { url } = await firstLine<{ url: string }>(bare);
    const ca = [emulator.ca, certificate.ca].map(String);
    const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE, ca });
    const { token } = emulator;
    const toEmulator = () => send(new URL(path, emulator.arm), { method: "GET", agent, token });
    const toBare = () => send(new URL(path, url), { method: "GET", agent, token });
    for (const warmUp of [toEmulator, toBare]) await perSecond(warmUp);
    const rounds: { emulator: number; bare: number }[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      rounds.push({ bare: await perSecond(toBare), emulator: await perSecond(toEmulator) });
    }
    agent.destroy();
    return report(rounds);
  } finally {
    const exited = once(bare, "exit");
    bare.kill();
    await exited;
    await rm(folder, { recursive: true, force: true });
  }
}

async function perSecond(ask: () => Promise<{ readonly status: number }>): Promise<number> {
  const start = performance.now();
  let asked = 0;
  const oneByOne = async () => {
    while (asked < REQUESTS) {
      asked += 1;
      const { status } = await ask();
      if (status !== 200) throw new Error(`Answered ${status}.`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, oneByOne));
  return (REQUESTS / (performance.now() - start)) * 1000;
}

function report(rounds: readonly { emulator: number; bare: number }[]): number {
  const ratio = percentile(
    rounds.map(({ emulator, bare }) => emulator / bare),
    0.5,
  );
  const median = (values: readonly number[]) => rounded(percentile(values, 0.5));
  console.log(`GET of a VM, ${AT_ONCE} at once, ${ROUNDS} rounds of ${REQUESTS} each in turn:\n`);
  printTable([
    ["server", "requests/s (median)"],
    ["bare node:https", median(rounds.map(({ bare }) => bare))],
    ["emulator", median(rounds.map(({ emulator }) => emulator))],
  ]);
  console.log(`  ratio ${ratio.toFixed(2)}\n`);
  return ratio;
}
