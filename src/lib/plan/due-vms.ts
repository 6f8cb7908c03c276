/** Sends the VMs that are due to be planned, spread over the time to the next tick, and forgets each only after it was sent. */
import { type Due, dueTable, dueUntil } from "../operations/due.ts";
import type { DelayedMessages } from "../operations/messages.ts";
import { allIn } from "../state/entity-table.ts";
import type { Tables } from "../state/tables.ts";
import type { Log } from "../telemetry.ts";

export interface DueVmsDeps {
  readonly tables: Pick<Tables, "due">;
  readonly delayed: Pick<DelayedMessages, "planVm" | "planPoints">;
  readonly now: () => Date;
}

/** What is due in one tick starts within this time, most of it before the next one. */
const SLOTS_WITHIN_MS = 45_000;
const POINTS_WITHIN_MS = 240_000;
/** How many are sent at once: enough to empty a large minute, few enough to be kind to the queue. */
const AT_ONCE = 32;

/** Every minute: VMs whose restore point is due. */
export const dueVms =
  (deps: DueVmsDeps) =>
  async (log: Log): Promise<void> => {
    const vms = await sendDue(deps, "slot", SLOTS_WITHIN_MS, (message, delayMs) =>
      deps.delayed.planVm(message, delayMs),
    );
    if (vms > 0) log.info("slotsDue", { vms });
  };

/** Every five minutes: VMs, also such as are gone, whose restore points want looking after. */
export const duePoints =
  (deps: DueVmsDeps) =>
  async (log: Log): Promise<void> => {
    const vms = await sendDue(deps, "points", POINTS_WITHIN_MS, (message, delayMs) =>
      deps.delayed.planPoints(message, delayMs),
    );
    if (vms > 0) log.info("pointsDue", { vms });
  };

async function sendDue(
  { tables, now }: DueVmsDeps,
  kind: Due["kind"],
  withinMs: number,
  send: DelayedMessages["planVm"],
): Promise<number> {
  const due = await allIn(tables.due, dueUntil(now(), kind));
  const sendOne = async (row: Due, index: number) => {
    await send({ vm: row.vm }, (index / due.length) * withinMs);
    await tables.due.remove(dueTable.keyOf(row));
  };
  for (let from = 0; from < due.length; from += AT_ONCE) {
    const some = due.slice(from, from + AT_ONCE);
    await Promise.all(some.map((row, index) => sendOne(row, from + index)));
  }
  return due.length;
}
