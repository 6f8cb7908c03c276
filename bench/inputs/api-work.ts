/** Work that somebody asks for over HTTP: a grant, from the request to its end, and restores. */
import { setTimeout as delay } from "node:timers/promises";
import type { Stack } from "../../local/stack/start-stack.ts";
import { vmKeyOf } from "../../local/stack/vm-address.ts";
import { type Spent, sumOf } from "../../tools/cost/spent.ts";
import { type Meter, withoutTimers } from "./meter.ts";

/** By then the app has seen that an access has begun. */
const LOOKED_AT_MS = 5000;
/** From there past the end, and two sweeps more. */
const SWEPT_MS = 3 * 60_000;
type Timers = Readonly<Record<string, Spent>>;

/** A grant of a minute on one disk of each of these VMs' first restore points; its URL is read once. */
export async function spentOnGrant(
  meter: Meter,
  timers: Timers,
  vms: readonly string[],
): Promise<Spent> {
  const { stack } = meter;
  return await each(meter, timers, vms, async () => {
    const ids = await Promise.all(vms.map((vm) => requestGrant(stack, vm)));
    // To look at the emulator costs the app nothing.
    const begun = () => stack.arm.requests.filter(({ path }) => /beginGetAccess$/i.test(path));
    while (begun().length < ids.length) await delay(100);
    await delay(LOOKED_AT_MS);
    for (const id of ids) await readAccess(stack, id);
    // What the sweep finds left of them afterwards belongs to them.
    await delay(SWEPT_MS);
  });
}

async function requestGrant(stack: Stack, vm: string): Promise<string> {
  const body = {
    ...{ vm: vmKeyOf(vm), restorePoint: "t1-a1", disk: `${vm}-os` },
    ...{ duration: "PT1M", reason: "Benchmark" },
  };
  return (await asked(stack, "/grants", body)).id;
}

/** ARM's operation has ended; the app has yet to look at it. */
async function readAccess(stack: Stack, id: string): Promise<void> {
  for (;;) {
    const response = await stack.api(`/grants/${id}/access`, { method: "POST" });
    if (response.ok) return;
    if (response.status !== 409) throw new Error(`${response.status} ${await response.text()}`);
    await delay(1000);
  }
}

/** `disks` or a whole VM of each of these VMs' first restore points. */
export async function spentOnRestore(
  meter: Meter,
  timers: Timers,
  { kind, vms }: { readonly kind: "disks" | "vm"; readonly vms: readonly string[] },
): Promise<Spent> {
  return await each(meter, timers, vms, async () => {
    for (const vm of vms)
      await asked(meter.stack, `/vms/${vmKeyOf(vm)}/restore-points/t1-a1/restores`, { kind });
  });
}

async function asked(stack: Stack, path: string, body: object): Promise<{ id: string }> {
  const response = await stack.api(path, { method: "POST", body });
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  return (await response.json()) as { id: string };
}

async function each(
  meter: Meter,
  timers: Timers,
  vms: readonly string[],
  work: () => Promise<void>,
): Promise<Spent> {
  const { spent } = await meter.measure(work);
  return sumOf([[withoutTimers(spent, timers), 1 / vms.length]]);
}
