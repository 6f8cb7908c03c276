/** VMs that have a restore point and come to a slot of their schedule, ten at a time. */
import { setTimeout as delay } from "node:timers/promises";
import { addVm } from "../../local/stack/add-vm.ts";
import type { Stack } from "../../local/stack/start-stack.ts";
import { vmIdOf } from "../../local/stack/vm-address.ts";
import { type Spent, sumOf } from "../../tools/cost/spent.ts";
import { atRest } from "../at-rest.ts";
import { type Meter, withoutTimers } from "./meter.ts";

export const VMS = 10;
const MINUTE_MS = 60_000;
const COPIED_TO = "northeurope";

export interface SlotOptions {
  /** Of the policy, and of the VMs' names. */
  readonly name: string;
  readonly disks?: number;
  readonly isCopied?: boolean;
  /** Each restore point takes the place of the one before. */
  readonly keepsOne?: boolean;
  /** How long Azure takes for a restore point of the slot, and for its copy. */
  readonly createMs?: number;
  readonly copyMs?: number;
}

export interface SlotSpent {
  /** From the tag to the first restore point, with its collection. */
  readonly tagged: Spent;
  /** From the slot to rest. */
  readonly slot: Spent;
}

/** What it takes for each of the VMs. */
export async function spentOnSlot(
  meter: Meter,
  timers: Readonly<Record<string, Spent>>,
  options: SlotOptions,
): Promise<SlotSpent> {
  const { stack } = meter;
  const names = vmNames(options.name);
  for (const name of names) await addVm(stack, vmIdOf(name), (options.disks ?? 1) - 1);
  const at = new Date(Math.ceil(Date.now() / MINUTE_MS + 1) * MINUTE_MS);
  await putPolicy(stack, options, at);
  const each = (spent: Spent) => sumOf([[withoutTimers(spent, timers), 1 / VMS]]);
  const tagged = await meter.measure(async () => {
    await Promise.all(names.map((name) => stack.tagVm(name, options.name)));
  });
  const { createMs = stack.arm.settings.crashConsistentCreateMs } = options;
  const { copyMs = stack.arm.settings.copyMs } = options;
  const usual = { ...stack.arm.settings };
  Object.assign(stack.arm.settings, { crashConsistentCreateMs: createMs, copyMs });
  if (Date.now() > at.getTime()) throw new Error(`${options.name}: the slot was before its time.`);
  const slot = await meter.measure(async () => {
    await delay(at.getTime() - Date.now());
    await slotsBegun(stack, names);
  });
  const { crashConsistentCreateMs } = usual;
  Object.assign(stack.arm.settings, { crashConsistentCreateMs, copyMs: usual.copyMs });
  return { tagged: each(tagged.spent), slot: each(slot.spent) };
}

export const vmNames = (group: string): string[] =>
  Array.from({ length: VMS }, (_, index) => `${group}-${index}`);

/** Once a day, at that minute. */
async function putPolicy(stack: Stack, { name, isCopied, keepsOne }: SlotOptions, at: Date) {
  const retention = { last: keepsOne ? 1 : 20 };
  const body = {
    schedule: { cron: `${at.getUTCMinutes()} ${at.getUTCHours()} * * *`, spread: "PT1M" },
    consistency: "CrashConsistent",
    retention,
    ...(isCopied ? { copies: [{ region: COPIED_TO, retention }] } : {}),
  };
  const response = await stack.api(`/policies/${name}`, {
    ...{ caller: "policy-admin", method: "PUT", body },
  });
  if (!response.ok) throw new Error(`${name}: ${response.status} ${await response.text()}`);
  // It is gone through the fleet with.
  await atRest(stack);
}

/** The second restore point of each was asked for. */
async function slotsBegun({ arm }: Stack, names: readonly string[]): Promise<void> {
  const isBegun = (name: string) =>
    arm.requests.some(
      ({ method, path }) =>
        method === "PUT" && path.includes(`/rpc-${name}-`) && /\/restorePoints\/s/i.test(path),
    );
  while (!names.every(isBegun)) await delay(200);
}
