/** A restore point of a 64 GiB disk with 64 MiB changed, against reading and writing those 64 MiB. */
import { randomBytes } from "node:crypto";
import { percentile, printTable, rounded } from "../report.ts";
import { type Ask, done, type EmulatorProcess } from "./emulator-process.ts";
import { succeeded } from "./given.ts";
import { COLLECTION, OS_DISK } from "./names.ts";

const MIB = 1024 ** 2;
const CHANGED = 64 * MIB;
const PIECE = 4 * MIB;
const ROUNDS = 5;

interface Round {
  readonly writeMs: number;
  readonly readMs: number;
  readonly pointMs: number;
}

/** Time of the restore point, divided by that of reading and writing what changed; the median of the rounds. */
export async function incrementalRatio(emulator: EmulatorProcess, ask: Ask): Promise<number> {
  const rounds: Round[] = [];
  for (let number = 0; number <= ROUNDS; number++) {
    const round = await measure(emulator, ask, number);
    // The first holds everything that was ever written, and warms up.
    if (number > 0) rounds.push(round);
  }
  const median = (value: (round: Round) => number) => percentile(rounds.map(value), 0.5);
  const ratio = median(({ writeMs, readMs, pointMs }) => pointMs / (writeMs + readMs));
  console.log("A restore point of a 64 GiB disk, of which 64 MiB have changed:\n");
  printTable([
    ["what", "ms (median)"],
    ["writing 64 MiB", rounded(median(({ writeMs }) => writeMs))],
    ["reading 64 MiB", rounded(median(({ readMs }) => readMs))],
    ["the restore point", rounded(median(({ pointMs }) => pointMs))],
  ]);
  console.log(`  ratio ${ratio.toFixed(3)}\n`);
  return ratio;
}

async function measure({ control }: EmulatorProcess, ask: Ask, number: number): Promise<Round> {
  const base = number * CHANGED;
  const writeMs = await timed(async () => {
    for (let at = 0; at < CHANGED; at += PIECE) {
      const url = bytesUrl(control, base + at);
      const written = await fetch(url, { method: "PUT", body: randomBytes(PIECE) });
      if (!written.ok) throw new Error(`Writing answered ${written.status}.`);
    }
  });
  const readMs = await timed(async () => {
    for (let at = 0; at < CHANGED; at += PIECE) {
      const read = await fetch(bytesUrl(control, base + at, PIECE));
      if ((await read.arrayBuffer()).byteLength !== PIECE) throw new Error("Read another length.");
    }
  });
  const path = `${COLLECTION}/restorePoints/changed-${number}?api-version=2026-04-01`;
  const pointMs = await timed(async () => {
    await done(ask("PUT", path, { properties: { consistencyMode: "CrashConsistent" } }));
    await succeeded(ask, path);
  });
  return { writeMs, readMs, pointMs };
}

function bytesUrl(control: string, offset: number, count?: number): URL {
  const url = new URL(`${control}/bytes`);
  url.searchParams.set("id", OS_DISK);
  url.searchParams.set("offset", `${offset}`);
  if (count !== undefined) url.searchParams.set("count", `${count}`);
  return url;
}

async function timed(run: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await run();
  return performance.now() - start;
}
