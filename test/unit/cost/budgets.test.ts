import { expect, test } from "vitest";
import {
  appBudgets,
  armBudgets,
  firstOf,
  inEnoughSubscriptions,
  usesOf,
  vmsPerSubscription,
} from "../../../tools/cost/budgets.ts";
import { usualFleet } from "../../../tools/cost/options.ts";
import { inputsOf } from "./inputs-of-work.ts";

const hourly = { ...usualFleet, vms: 1000, createSeconds: 3, disks: 1 };
const creating = inputsOf({
  createRestorePoint: { createRestorePoint: 1 },
  copyRestorePoint: { createRestorePoint: 1 },
});

test("the app's pacer makes a restore point every 3.4 seconds in a subscription and region", () => {
  expect(vmsPerSubscription(hourly, creating)).toBe(1058);
  expect(vmsPerSubscription({ ...hourly, everyHours: 4 }, creating)).toBe(4235);
});

test("a collection for each VM is all that Azure allows, however seldom they are used", () => {
  expect(vmsPerSubscription({ ...hourly, everyHours: 24 }, creating)).toBe(10_000);
});

test("copies count in the region that they go to", () => {
  expect(vmsPerSubscription({ ...hourly, copies: 2 }, creating)).toBe(1058);
});

test("a larger fleet needs as many subscriptions as its budgets ask for", () => {
  const fleet = inEnoughSubscriptions({ ...hourly, vms: 10_000 }, creating);
  expect(fleet.subscriptions).toBe(10);
  expect(firstOf(usesOf(fleet, creating, armBudgets)).share).toBeLessThan(1);
});

test.each([
  ["GetOperation of Compute", { getOperation: 60 }],
  ["LowCostGetRestorePoint of Compute", { getRestorePoint: 6 }],
  ["reads of ARM", { armReads: 91 }],
  ["writes of ARM", { armWrites: 37 }],
])("%s may be used up first", (name, create) => {
  const { budget } = firstOf(
    usesOf({ ...hourly, subscriptions: 1 }, inputsOf({ createRestorePoint: create }), armBudgets),
  );
  expect(budget.name).toBe(name);
});

test("the storage account is shared by all subscriptions", () => {
  const inputs = inputsOf({ createRestorePoint: { tables: 36 } });
  const [use] = usesOf({ ...hourly, vms: 1_000_000, subscriptions: 950 }, inputs, appBudgets);
  expect(use?.asked).toBeCloseTo(36_000_000);
  expect(use?.share).toBeCloseTo(0.5);
});
