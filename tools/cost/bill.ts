/** What a fleet costs in a month: quantities times list prices. Pure. */
import { eventsOf, type Fleet, MONTH_HOURS, restorePointsOf } from "./fleet.ts";
import { functionsTime } from "./functions-time.ts";
import type { Inputs } from "./inputs.ts";
import { heldGib, keptAges } from "./kept.ts";
import { hostOf, monthOf } from "./month.ts";
import { costOf, type Priced, type Prices } from "./prices.ts";
import { armCallsOf, executionsOf } from "./spent.ts";

export interface BillLine {
  readonly what: string;
  readonly of: Priced;
  readonly quantity: number;
  readonly cost: number;
  /** The restore points themselves, which cost the same whoever makes them. */
  readonly isStorage?: true;
}

export function billOf(fleet: Fleet, inputs: Inputs, prices: Prices): BillLine[] {
  const quantities = quantitiesOf(fleet, inputs);
  const line = (what: string, of: Priced): BillLine => {
    const quantity = quantities[of];
    return { what, of, quantity, cost: costOf(prices, of, quantity) };
  };
  return [
    line("Table Storage, requests", "tableRequests"),
    line("Queue Storage, requests", "queueRequests"),
    line("Blob Storage, reads and locks", "blobReads"),
    line("Blob Storage, writes", "blobWrites"),
    line("Functions, executions", "executions"),
    line("Functions, GB-s", "gigabyteSeconds"),
    line("Event Grid, operations", "eventOperations"),
    line("Log Analytics, GB", "logGigabytes"),
    { ...line("Restore points, GiB held", "snapshotGibibytes"), isStorage: true },
    { ...line("Copies, GiB sent", "copiedGibibytes"), isStorage: true },
  ];
}

function quantitiesOf(fleet: Fleet, inputs: Inputs): Record<Priced, number> {
  const month = monthOf(fleet, inputs);
  const host = hostOf(inputs);
  const { vms, disks, copies, usedGib, changedGibPerDay } = fleet;
  const held = heldGib(keptAges(fleet.retention, fleet.everyHours / 24), usedGib, changedGibPerDay);
  const rows = month.logLines + executionsOf(month) + armCallsOf(month);
  // Each write of the app's own is a change that Event Grid hears of, and filters out again.
  const published = month.armWrites + month.armDeletes + eventsOf(fleet);
  return {
    tableRequests: month.tables,
    queueRequests: month.queues + host.polls,
    blobReads: month.blobReads + host.locks,
    blobWrites: month.blobWrites,
    executions: executionsOf(month),
    gigabyteSeconds: functionsTime(month, inputs, fleet.instanceGb).likely,
    // Published, matched by an advanced filter, delivered.
    eventOperations: 2 * published + month.eventsDelivered,
    logGigabytes: (rows * fleet.bytesPerLogRow) / 1e9,
    snapshotGibibytes: vms * disks * (1 + copies) * held,
    copiedGibibytes: vms * disks * copies * changedGibPerDay * (MONTH_HOURS / 24),
  };
}

/** Without the restore points themselves. */
export const ofTheApp = (bill: readonly BillLine[]): number =>
  bill.reduce((sum, { cost, isStorage }) => sum + (isStorage ? 0 : cost), 0);

export const ofStorage = (bill: readonly BillLine[]): number =>
  bill.reduce((sum, { cost, isStorage }) => sum + (isStorage ? cost : 0), 0);

/** For one restore point. */
export const perRestorePoint = (fleet: Fleet, bill: readonly BillLine[]): number =>
  ofTheApp(bill) / restorePointsOf(fleet);
