/** Sends the VMs that are due to be planned, spread over the minute, and forgets each only after it was sent. */
import { type Due, dueTable, dueUntil } from "../operations/due.ts";
import type { DelayedMessages } from "../operations/messages.ts";
import { every } from "../state/entity-table.ts";
import type { Tables } from "../state/tables.ts";
import type { Log } from "../telemetry.ts";

export interface DueVmsDeps {
  readonly tables: Pick<Tables, "due">;
  readonly delayed: Pick<DelayedMessages, "planVm">;
  readonly now: () => Date;
}

/** What is due in one minute starts within this time, most of it before the next tick. */
const SPREAD_MS = 45_000;
/** How many are sent at once: enough to empty a large minute, few enough to be kind to the queue. */
const AT_ONCE = 32;

export const dueVms =
  ({ tables, delayed, now }: DueVmsDeps) =>
  async (log: Log): Promise<void> => {
    const due: Due[] = [];
    for await (const row of every(tables.due, dueUntil(now()))) due.push(row);
    for (let from = 0; from < due.length; from += AT_ONCE) {
      await Promise.all(due.slice(from, from + AT_ONCE).map(send(due.length, from)));
    }
    if (due.length > 0) log.info("slotsDue", { vms: due.length });

    function send(count: number, from: number) {
      return async (row: Due, index: number) => {
        await delayed.planVm({ vm: row.vm }, ((from + index) / count) * SPREAD_MS);
        await tables.due.remove(dueTable.keyOf(row));
      };
    }
  };
