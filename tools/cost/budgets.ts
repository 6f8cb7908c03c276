/** What Azure allows in an hour, and what a fleet asks for: which budget is used up first. Pure. */
import { budgetFor, reserve } from "../../src/lib/operations/pacer.ts";
import { type Fleet, MONTH_HOURS } from "./fleet.ts";
import type { Inputs } from "./inputs.ts";
import { monthOf } from "./month.ts";
import type { Spent } from "./spent.ts";

export interface Budget {
  readonly name: string;
  readonly per: "subscription and region" | "subscription" | "region of copies" | "app";
  /** In an hour. */
  readonly allowed: number;
  readonly of: (spent: Spent, fleet: Fleet) => number;
  readonly source: string;
}

const HOUR_SECONDS = 3600;
const ARM = "ARM's token buckets, of a caller";
const SEEN = "seen in answers of Compute in 2021";
const TARGET = "documented target of a storage account";
/** In an hour: the pacer stays below what Azure was seen to allow. */
function paced(request: "createRestorePoint" | "deleteRestorePoint"): number {
  const full = new Date(0);
  const budget = budgetFor(request, "subscription", "region");
  const { pacer } = reserve({ budget, fullAt: full.toISOString() }, 1, full);
  return (HOUR_SECONDS * 1000) / Date.parse(pacer.fullAt);
}

/** A creation in another region is one of that region's. */
const createsHere = ({ createRestorePoint }: Spent, { copies }: Fleet): number =>
  createRestorePoint / (1 + copies);

export const armBudgets: readonly Budget[] = [
  {
    ...{ name: "restore points created, by the app's pacer", per: "subscription and region" },
    allowed: paced("createRestorePoint"),
    of: createsHere,
    source: "src/lib/operations/pacer.ts",
  },
  {
    ...{ name: "CreateRestorePoints of Compute", per: "subscription and region" },
    ...{ allowed: 1200, of: createsHere, source: SEEN },
  },
  {
    ...{ name: "copies, by the app's pacer", per: "region of copies" },
    allowed: paced("createRestorePoint"),
    of: (spent, fleet) =>
      fleet.copies === 0
        ? 0
        : (spent.createRestorePoint - createsHere(spent, fleet)) / fleet.copies,
    source: "src/lib/operations/pacer.ts",
  },
  {
    ...{ name: "restore points deleted, by the app's pacer", per: "subscription and region" },
    allowed: paced("deleteRestorePoint"),
    of: ({ deleteRestorePoint }, { copies }) => deleteRestorePoint / (1 + copies),
    source: "src/lib/operations/pacer.ts",
  },
  {
    ...{ name: "LowCostGetRestorePoint of Compute", per: "subscription and region" },
    ...{ allowed: 5000, of: ({ getRestorePoint }) => getRestorePoint, source: SEEN },
  },
  {
    ...{ name: "GetOperation of Compute", per: "subscription and region" },
    ...{ allowed: 60_000, of: ({ getOperation }) => getOperation, source: SEEN },
  },
  {
    ...{ name: "reads of ARM", per: "subscription" },
    ...{ allowed: 25 * HOUR_SECONDS, of: ({ armReads }) => armReads, source: ARM },
  },
  {
    ...{ name: "writes of ARM", per: "subscription" },
    ...{ allowed: 10 * HOUR_SECONDS, of: ({ armWrites }) => armWrites, source: ARM },
  },
  {
    ...{ name: "deletes of ARM", per: "subscription" },
    ...{ allowed: 10 * HOUR_SECONDS, of: ({ armDeletes }) => armDeletes, source: ARM },
  },
];

export const appBudgets: readonly Budget[] = [
  {
    ...{ name: "requests to the storage account", per: "app" },
    allowed: 20_000 * HOUR_SECONDS,
    of: ({ tables, queues, blobReads, blobWrites }) => tables + queues + blobReads + blobWrites,
    source: TARGET,
  },
  {
    ...{ name: "requests to the busiest queue", per: "app" },
    allowed: 2000 * HOUR_SECONDS,
    // Sent, received, deleted.
    of: ({ runs }) =>
      3 * Math.max(0, ...["PlanVm", "PlanPoints", "TrackOperation"].map((name) => runs[name] ?? 0)),
    source: "documented target of a queue, in messages",
  },
  {
    ...{ name: "rows of one minute in the table `due`", per: "app" },
    allowed: 2000 * HOUR_SECONDS,
    // Read, and removed; written beforehand, into another minute's partition.
    of: ({ createRestorePoint }, { copies }) => (2 * createRestorePoint) / (1 + copies),
    source: "documented target of a table's partition",
  },
];

export interface Use {
  readonly budget: Budget;
  /** In an hour, of one subscription where the budget is one's. */
  readonly asked: number;
  /** 1: all of it. */
  readonly share: number;
}

export function usesOf(fleet: Fleet, inputs: Inputs, budgets: readonly Budget[]): Use[] {
  const month = monthOf(fleet, inputs);
  return budgets.map((budget) => {
    const among = budget.per === "app" ? 1 : fleet.subscriptions;
    const asked = budget.of(month, fleet) / MONTH_HOURS / among;
    return { budget, asked, share: asked / budget.allowed };
  });
}

/** What is used up first as the fleet grows. */
export const firstOf = (uses: readonly Use[]): Use => {
  const [first] = [...uses].sort((one, other) => other.share - one.share);
  if (first === undefined) throw new Error("There are no budgets.");
  return first;
};

/** Of Azure: restore point collections in a subscription and region, one for each VM. */
const COLLECTIONS = 10_000;

/** How many VMs fit into one subscription and region, if all that is asked there is for them. */
export function vmsPerSubscription(fleet: Omit<Fleet, "subscriptions">, inputs: Inputs): number {
  const { share } = firstOf(usesOf({ ...fleet, subscriptions: 1 }, inputs, armBudgets));
  return Math.min(COLLECTIONS, Math.floor(fleet.vms / share));
}

/** As few as its budgets allow. */
export const inEnoughSubscriptions = (
  fleet: Omit<Fleet, "subscriptions">,
  inputs: Inputs,
): Fleet => ({
  ...fleet,
  subscriptions: Math.ceil(fleet.vms / vmsPerSubscription(fleet, inputs)),
});
