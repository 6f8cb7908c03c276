/** VMs that have a restore point and come to a slot of their schedule. */
import { setTimeout as delay } from "node:timers/promises";
import type { Stack } from "../../local/stack/start-stack.ts";
import type { Spent } from "../../tools/cost/spent.ts";
import { addGroup, eachOf, type Group, type Timers, tagGroup, vmNames } from "./groups.ts";
import type { Meter } from "./meter.ts";

const MINUTE_MS = 60_000;
const LONGEST_MS = 2 * MINUTE_MS;

/** Far enough away: the first restore points are made a minute before it, and so do not serve the slot as well. */
export const slotAhead = (): Date =>
  new Date(Math.ceil((Date.now() + 3.5 * MINUTE_MS) / MINUTE_MS) * MINUTE_MS);

interface SlotSpent {
  /** From the tag to the first restore point, with its collection. */
  readonly tagged: Spent;
  /** From the slot to rest. */
  readonly slot: Spent;
}

/** What it takes for each of the VMs of a group whose policy has a slot at that time. */
export async function spentOnSlot(
  meter: Meter,
  timers: Timers,
  group: Group,
  at: Date,
): Promise<SlotSpent> {
  const { stack } = meter;
  await addGroup(stack, group);
  const tagged = await meter.measure(() => tagGroup(stack, group, group.name));
  if (Date.now() > at.getTime() - MINUTE_MS) throw new Error("The slot comes too soon.");
  const slot = await meter.measure(async () => {
    await delay(at.getTime() - Date.now());
    await slotsBegun(stack, vmNames(group.name));
  });
  return { tagged: eachOf(tagged.spent, timers), slot: eachOf(slot.spent, timers) };
}

/** The restore point of the slot was asked for, of each. */
async function slotsBegun({ arm }: Stack, names: readonly string[]): Promise<void> {
  const isBegun = (name: string) =>
    arm.requests.some(
      ({ method, path }) =>
        method === "PUT" && path.includes(`/rpc-${name}-`) && /\/restorePoints\/s/i.test(path),
    );
  const until = Date.now() + LONGEST_MS;
  while (!names.every(isBegun)) {
    if (Date.now() > until) throw new Error(`A slot of ${names[0]} or another has not begun.`);
    await delay(200);
  }
}
