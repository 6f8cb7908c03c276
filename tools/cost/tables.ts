/** The tables of the command line and of docs/scale.md, as rows of text. Pure. */
import { type BillLine, billOf, ofStorage, ofTheApp, perRestorePoint } from "./bill.ts";
import { appBudgets, armBudgets, firstOf, usesOf, vmsPerSubscription } from "./budgets.ts";
import { type Fleet, MONTH_SECONDS, restorePointsOf } from "./fleet.ts";
import { functionsTime } from "./functions-time.ts";
import { type Inputs, millisecondsOf } from "./inputs.ts";
import { heldGib, keptAges } from "./kept.ts";
import { hostOf, monthOf } from "./month.ts";
import { grouped, measured, money, rounded } from "./numbers.ts";
import type { Prices } from "./prices.ts";
import { armCallsOf, executionsOf, type Spent } from "./spent.ts";

export type Row = readonly string[];

/** What each kind of work was measured to take. */
export function inputRows(inputs: Inputs): Row[] {
  const { timers, work } = inputs;
  const row = ([name, spent]: readonly [string, Spent]): Row => [
    `\`${name}\``,
    ...[spent.tables, spent.queues, spent.blobReads, spent.blobWrites].map(measured),
    ...[armCallsOf(spent), executionsOf(spent)].map(measured),
    grouped(millisecondsOf(spent, inputs)),
    measured(spent.logLines),
  ];
  return [
    ["Work", "tables", "queues", "blob reads", "writes", "ARM calls", "runs", "ms", "log lines"],
    ...Object.entries(work).map(row),
    ...Object.entries(timers).map(row),
  ];
}

type Column = readonly [string, Fleet];

/** One row for each quantity, one column for each fleet. */
export function monthRows(fleets: readonly Column[], inputs: Inputs): Row[] {
  const months = fleets.map(([, fleet]) => ({ fleet, month: monthOf(fleet, inputs) }));
  const row = (name: string, of: (month: Spent, fleet: Fleet) => number): Row => [
    name,
    ...months.map(({ fleet, month }) => rounded(of(month, fleet))),
  ];
  const { polls } = hostOf(inputs);
  return [
    ["In a month", ...fleets.map(([name]) => name)],
    row("subscriptions that they need", (_, { subscriptions }) => subscriptions),
    row("restore points made", (_, fleet) => restorePointsOf(fleet)),
    row("copies made", (_, fleet) => restorePointsOf(fleet) * fleet.copies),
    row("requests to tables", ({ tables }) => tables),
    row("requests to queues, for work", ({ queues }) => queues),
    row("requests to queues, polls at rest", () => polls),
    row("requests to blobs", ({ blobReads, blobWrites }) => blobReads + blobWrites),
    row(
      "… all of storage, per second",
      ({ tables, queues, blobReads, blobWrites }) =>
        (tables + queues + blobReads + blobWrites) / MONTH_SECONDS,
    ),
    row("executions", (month) => executionsOf(month)),
    row("GB-s, likely", (month, { instanceGb }) => functionsTime(month, inputs, instanceGb).likely),
    row("GB-s, at most", (month, { instanceGb }) => functionsTime(month, inputs, instanceGb).most),
    row(
      "instances busy on average",
      (month, { instanceGb }) => functionsTime(month, inputs, instanceGb).instances,
    ),
    row("ARM calls", armCallsOf),
    row("… per second", (month) => armCallsOf(month) / MONTH_SECONDS),
    row("events delivered", ({ eventsDelivered }) => eventsDelivered),
    row("log rows", (month) => month.logLines + executionsOf(month) + armCallsOf(month)),
  ];
}

export function billRows(fleets: readonly Column[], inputs: Inputs, prices: Prices): Row[] {
  const bills = fleets.map(([, fleet]) => ({ fleet, bill: billOf(fleet, inputs, prices) }));
  const [{ bill: lines } = { bill: [] }] = bills;
  const sum = (name: string, of: (bill: readonly BillLine[], fleet: Fleet) => string): Row => [
    name,
    ...bills.map(({ bill, fleet }) => of(bill, fleet)),
  ];
  const line = (index: number): Row => [
    lines[index]?.what ?? "",
    ...bills.map(({ bill }) => money(bill[index]?.cost ?? 0)),
  ];
  const indexes = [...lines.keys()];
  return [
    ["USD a month", ...fleets.map(([name]) => name)],
    ...indexes.filter((index) => !lines[index]?.isStorage).map(line),
    sum("The app", (bill) => money(ofTheApp(bill))),
    sum("… for each VM", (bill, { vms }) => grouped(ofTheApp(bill) / vms, 4)),
    sum("… for a thousand restore points", (bill, fleet) =>
      grouped(perRestorePoint(fleet, bill) * 1000, 2),
    ),
    ...indexes.filter((index) => lines[index]?.isStorage).map(line),
    sum("All", (bill) => money(ofTheApp(bill) + ofStorage(bill))),
  ];
}

/** How much of each budget is asked for, and of what. */
export function budgetRows(fleets: readonly Column[], inputs: Inputs): Row[] {
  const all = [...armBudgets, ...appBudgets];
  const uses = fleets.map(([, fleet]) => usesOf(fleet, inputs, all));
  return [
    ["Budget", "of a", "allowed an hour", ...fleets.map(([name]) => name), "known from"],
    ...all.map(({ name, per, allowed, source }, index) => [
      ...[name, per, rounded(allowed)],
      ...uses.map((each) => `${grouped((each[index]?.share ?? 0) * 100, 1)} %`),
      source,
    ]),
  ];
}

/** How many VMs fit into one subscription and region, by policy. */
export function capacityRows(
  policies: readonly (readonly [string, Omit<Fleet, "subscriptions">])[],
  inputs: Inputs,
): Row[] {
  return [
    [
      "Policy",
      "VMs in a subscription and region",
      "what ends it",
      "restore points kept",
      "GiB held of a disk",
    ],
    ...policies.map(([name, fleet]) => {
      const vms = vmsPerSubscription(fleet, inputs);
      const { budget, share } = firstOf(
        usesOf({ ...fleet, vms, subscriptions: 1 }, inputs, armBudgets),
      );
      const ages = keptAges(fleet.retention, fleet.everyHours / 24);
      return [
        ...[name, grouped(vms)],
        share < 0.99 ? "10,000 collections in a subscription and region" : budget.name,
        `${ages.length}`,
        grouped(heldGib(ages, fleet.usedGib, fleet.changedGibPerDay)),
      ];
    }),
  ];
}
