/** The VM that the benchmark works on. */
import { setTimeout as delay } from "node:timers/promises";
import { type Ask, done, type EmulatorProcess } from "./emulator-process.ts";
import { COLLECTION, GROUP, OS_DISK, VM, VM_NAME } from "./names.ts";

const VERSION = "api-version=2026-04-01";
const LOCATION = "westeurope";

/** No limits, and operations that end at once: what is measured is the emulator's own time. */
const SETTINGS = {
  throttlingFactor: 0,
  crashConsistentCreateMs: 0,
  applicationConsistentCreateMs: 0,
  virtualMachineWriteMs: 0,
};

/** A VM with one disk of 64 GiB, and its collection. */
export async function givenProtectedVm({ control }: EmulatorProcess, ask: Ask): Promise<void> {
  const changed = await fetch(`${control}/settings`, {
    method: "PATCH",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(SETTINGS),
  });
  if (!changed.ok) throw new Error(await changed.text());
  await done(ask("PUT", `${GROUP}?api-version=2021-04-01`, { location: LOCATION }));
  await done(ask("PUT", `${VM}?${VERSION}`, { location: LOCATION, properties: vmProperties() }));
  await succeeded(ask, `${VM}?${VERSION}`);
  const source = { location: LOCATION, properties: { source: { id: VM } } };
  await done(ask("PUT", `${COLLECTION}?${VERSION}`, source));
}

export async function succeeded(ask: Ask, path: string): Promise<void> {
  while (true) {
    const { text } = await done(ask("GET", path));
    if (text.includes('"provisioningState":"Succeeded"')) return;
    await delay(5);
  }
}

const vmProperties = () => ({
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
});
