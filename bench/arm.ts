/** The speed of the ARM emulator, as ratios taken in one run; only its memory is an absolute figure. */
import { createAsk, done, startEmulatorProcess } from "./arm/emulator-process.ts";
import { incrementalRatio } from "./arm/incremental.ts";
import { holdMany, succeeded } from "./arm/many.ts";
import { COLLECTION, GROUP, OS_DISK, VM, VM_NAME } from "./arm/names.ts";
import { throughputRatio } from "./arm/throughput.ts";
import { conclude } from "./report.ts";

const VERSION = "api-version=2026-04-01";
const LOCATION = "westeurope";
/** No limits, and operations that end at once: what is measured is the emulator's own time. */
const SETTINGS = {
  throttlingFactor: 0,
  crashConsistentCreateMs: 0,
  applicationConsistentCreateMs: 0,
  virtualMachineWriteMs: 0,
};

const emulator = await startEmulatorProcess();
const ask = createAsk(emulator);
try {
  await change({ ...SETTINGS });
  await done(ask("PUT", `${GROUP}?api-version=2021-04-01`, { location: LOCATION }));
  await done(ask("PUT", `${VM}?${VERSION}`, { location: LOCATION, properties: vmProperties() }));
  await succeeded(ask, `${VM}?${VERSION}`);
  const source = { location: LOCATION, properties: { source: { id: VM } } };
  await done(ask("PUT", `${COLLECTION}?${VERSION}`, source));
  const throughput = await throughputRatio(emulator, ask, `${VM}?${VERSION}`);
  const { memoryMB, lastPagesToFirst } = await holdMany(emulator, ask);
  await fetch(`${emulator.control}/reset`, { method: "POST" });
  await change({ ...SETTINGS });
  await done(ask("PUT", `${GROUP}?api-version=2021-04-01`, { location: LOCATION }));
  await done(ask("PUT", `${VM}?${VERSION}`, { location: LOCATION, properties: vmProperties() }));
  await succeeded(ask, `${VM}?${VERSION}`);
  await done(ask("PUT", `${COLLECTION}?${VERSION}`, source));
  const restorePoint = await incrementalRatio(emulator, ask);
  conclude({
    bench: "arm",
    figures: {
      // The bare server's time for a GET, as a share of the emulator's: at least half.
      bareToEmulatorThroughput: 1 / throughput,
      memoryMB,
      lastPagesToFirst,
      restorePointToBytes: restorePoint,
    },
    targets: [
      { figure: "bareToEmulatorThroughput", atMost: 2 },
      { figure: "memoryMB", below: 600 },
      { figure: "lastPagesToFirst", below: 2 },
      { figure: "restorePointToBytes", atMost: 3 },
    ],
  });
} finally {
  ask.close();
  await emulator.stop();
}

async function change(settings: Readonly<Record<string, unknown>>): Promise<void> {
  const answer = await fetch(`${emulator.control}/settings`, {
    method: "PATCH",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(settings),
  });
  if (!answer.ok) throw new Error(await answer.text());
}

function vmProperties() {
  return {
    hardwareProfile: { vmSize: "Standard_D2s_v5" },
    osProfile: { computerName: VM_NAME, adminUsername: "operator" },
    storageProfile: {
      osDisk: {
        name: OS_DISK.slice(OS_DISK.lastIndexOf("/") + 1),
        osType: "Linux",
        createOption: "FromImage",
        diskSizeGB: 64,
      },
    },
  };
}
