import { expect, test } from "vitest";
import { billOf, ofStorage, ofTheApp } from "../../../tools/cost/bill.ts";
import type { Fleet } from "../../../tools/cost/fleet.ts";
import { usualFleet } from "../../../tools/cost/options.ts";
import { costOf, readPrices } from "../../../tools/cost/prices.ts";
import { pricesFile } from "../../../tools/cost/read-inputs.ts";
import { inputsOf } from "./inputs-of-work.ts";

const { prices } = readPrices(pricesFile);
const fleet: Fleet = {
  ...usualFleet,
  ...{ vms: 1000, subscriptions: 1, disks: 1, createSeconds: 3, eventsPerVmDay: 0 },
  retention: { last: 1 },
};

test("what is free is not paid for, and the rest by its price", () => {
  expect(costOf(prices, "executions", 200_000)).toBe(0);
  expect(costOf(prices, "executions", 1_250_000)).toBeCloseTo(0.4);
  expect(costOf(prices, "tableRequests", 10_000)).toBeCloseTo(0.00036);
});

test("a fleet pays for what its restore points take", () => {
  const bill = billOf(fleet, inputsOf({ createRestorePoint: { tables: 20, queues: 10 } }), prices);
  const made = 730_000;
  expect(bill.map(({ of, quantity }) => [of, quantity])).toContainEqual([
    "tableRequests",
    20 * made,
  ]);
  expect(ofTheApp(bill)).toBeCloseTo(
    ((20 * made) / 10_000) * 0.00036 + (10 * made * 0.004) / 10_000,
  );
});

test("the restore points themselves are told apart from what the app costs", () => {
  const bill = billOf({ ...fleet, copies: 1 }, inputsOf({}), prices);
  expect(ofTheApp(bill)).toBe(0);
  const held = 1000 * 2 * fleet.usedGib * 0.05;
  const sent = 1000 * fleet.changedGibPerDay * (730 / 24) * 0.02;
  expect(ofStorage(bill)).toBeCloseTo(held + sent);
});

test("a log row costs for each run, each call and each line", () => {
  const create = { logLines: 3, armReads: 2, runs: { PlanVm: 5 } };
  const [, ...lines] = billOf(fleet, inputsOf({ createRestorePoint: create }), prices);
  const logs = lines.find(({ of }) => of === "logGigabytes");
  expect(logs?.quantity).toBeCloseTo((730_000 * 10 * 800) / 1e9);
});
