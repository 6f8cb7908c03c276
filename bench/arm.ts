/** The speed of the ARM emulator, as ratios taken in one run; only its memory is an absolute figure. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createAsk, startEmulatorProcess } from "./arm/emulator-process.ts";
import { givenProtectedVm } from "./arm/given.ts";
import { incrementalRatio } from "./arm/incremental.ts";
import { holdMany } from "./arm/many.ts";
import { VM } from "./arm/names.ts";
import { throughputRatio } from "./arm/throughput.ts";
import { conclude } from "./report.ts";

const folder = await mkdtemp(join(tmpdir(), "bench-arm-"));
try {
  const { throughput, restorePointToBytes } = await measureOne();
  const { memoryMB, lastPagesToFirst } = await holdMany(folder);
  conclude({
    bench: "arm",
    figures: {
      bareToEmulatorThroughput: 1 / throughput,
      restorePointToBytes,
      memoryMB,
      lastPagesToFirst,
    },
    targets: [
      // At least half the throughput of the bare server.
      { figure: "bareToEmulatorThroughput", atMost: 2 },
      { figure: "restorePointToBytes", atMost: 3 },
      { figure: "memoryMB", below: 600 },
      { figure: "lastPagesToFirst", below: 2 },
    ],
  });
} finally {
  await rm(folder, { recursive: true, force: true });
}

async function measureOne() {
  const emulator = await startEmulatorProcess();
  const ask = createAsk(emulator);
  try {
    await givenProtectedVm(emulator, ask);
    const throughput = await throughputRatio(emulator, ask, `${VM}?api-version=2026-04-01`);
    return { throughput, restorePointToBytes: await incrementalRatio(emulator, ask) };
  } finally {
    ask.close();
    await emulator.stop();
  }
}
