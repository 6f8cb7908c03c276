/** Groups of ten VMs, each with a policy of its own: what differs between two of them is what another one takes. */
import { addVm } from "../../local/stack/add-vm.ts";
import type { Stack } from "../../local/stack/start-stack.ts";
import { vmIdOf } from "../../local/stack/vm-address.ts";
import { type Spent, sumOf } from "../../tools/cost/spent.ts";
import { atRest } from "../at-rest.ts";
import { type Meter, withoutTimers } from "./meter.ts";

const VMS = 10;
const COPIED_TO = "northeurope";
const HALF_A_DAY_MS = 43_200_000;

export interface Group {
  /** Of the policy, and of the VMs' names. */
  readonly name: string;
  readonly disks?: number;
  readonly isCopied?: boolean;
  /** Each restore point takes the place of the one before. */
  readonly keepsOne?: boolean;
  /** How long Azure takes for the restore point that is measured, and for its copy. */
  readonly createMs?: number;
  readonly copyMs?: number;
}

export type Timers = Readonly<Record<string, Spent>>;

export const vmNames = (group: string): string[] =>
  Array.from({ length: VMS }, (_, index) => `${group}-${index}`);

/** Whose only slot of the next hours comes at `at`; left out: none. */
export async function putPolicy(
  { api }: Stack,
  { name, isCopied, keepsOne }: Group,
  at = new Date(Date.now() + HALF_A_DAY_MS),
): Promise<void> {
  const retention = { last: keepsOne ? 1 : 20 };
  const body = {
    schedule: { cron: `${at.getUTCMinutes()} ${at.getUTCHours()} * * *`, spread: "PT1M" },
    consistency: "CrashConsistent",
    retention,
    ...(isCopied ? { copies: [{ region: COPIED_TO, retention }] } : {}),
  };
  const response = await api(`/policies/${name}`, { caller: "policy-admin", method: "PUT", body });
  if (!response.ok) throw new Error(`${name}: ${response.status} ${await response.text()}`);
}

export async function addGroup(stack: Stack, { name, disks = 1 }: Group): Promise<void> {
  for (const vm of vmNames(name)) await addVm(stack, vmIdOf(vm), disks - 1);
}

export const tagGroup = async (
  stack: Stack,
  { name }: Group,
  value: string | undefined,
): Promise<void> => {
  await Promise.all(vmNames(name).map((vm) => stack.tagVm(vm, value)));
};

/** From the tag to a VM's first restore point, with its collection, and to its copy if it has one. */
export async function spentOnTag(meter: Meter, timers: Timers, group: Group): Promise<Spent> {
  await addGroup(meter.stack, group);
  return await spentOnNextTag(meter, timers, group);
}

/** To the next one of a VM that has lost its tag in between. */
export async function spentOnTagAgain(meter: Meter, timers: Timers, group: Group): Promise<Spent> {
  await tagGroup(meter.stack, group, undefined);
  await atRest(meter.stack);
  return await spentOnNextTag(meter, timers, group);
}

async function spentOnNextTag({ stack, measure }: Meter, timers: Timers, group: Group) {
  const { settings } = stack.arm;
  const { crashConsistentCreateMs, copyMs } = settings;
  settings.crashConsistentCreateMs = group.createMs ?? crashConsistentCreateMs;
  settings.copyMs = group.copyMs ?? copyMs;
  const { spent } = await measure(() => tagGroup(stack, group, group.name));
  Object.assign(settings, { crashConsistentCreateMs, copyMs });
  return eachOf(spent, timers);
}

export const eachOf = (spent: Spent, timers: Timers): Spent =>
  sumOf([[withoutTimers(spent, timers), 1 / VMS]]);
