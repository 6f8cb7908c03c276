import { expect, test } from "vitest";
import type { Fleet } from "../../../tools/cost/fleet.ts";
import { monthOf, timesOf } from "../../../tools/cost/month.ts";
import { usualFleet } from "../../../tools/cost/options.ts";
import { inputsOf, nothing } from "./inputs-of-work.ts";

const fleet: Fleet = { ...usualFleet, vms: 100, subscriptions: 1, createSeconds: 3, disks: 1 };

test("a VM with an hourly policy gets 730 restore points in a month, and loses as many", () => {
  expect(timesOf(fleet)).toMatchObject({
    createRestorePoint: 73_000,
    deleteRestorePoint: 73_000,
    copyRestorePoint: 0,
    dataDisk: 0,
    lookAtCreate: 0,
  });
});

test("copies are made, looked at and deleted in each region", () => {
  expect(timesOf({ ...fleet, copies: 2, copyMinutes: 10 / 60 })).toMatchObject({
    copyRestorePoint: 146_000,
    lookAtCopy: 0,
    deleteRestorePoint: 219_000,
  });
});

test("what Azure takes longer for is looked at more often", () => {
  // Seven looks, of which two are in what was measured.
  expect(timesOf({ ...fleet, createSeconds: 180 }).lookAtCreate).toBe(5 * 73_000);
});

test("each VM is gone through every quarter of an hour, its collection every six hours", () => {
  expect(timesOf(fleet)).toMatchObject({
    reconciliation: 2920,
    reconciledVm: 292_000,
    readCollection: expect.closeTo(292_000 / 24, 6),
    breachesPage: 2920,
  });
});

test("each subscription has lists of its own", () => {
  expect(timesOf({ ...fleet, subscriptions: 4 }).reconciliation).toBe(4 * 2920);
});

test("a month is what each kind of work takes, as often as it is done, and its timers", () => {
  const create = { tables: 10, runs: { PlanVm: 1 } };
  const inputs = {
    ...inputsOf({ createRestorePoint: create, deleteRestorePoint: { tables: 5 } }),
    timers: { DueVms: { ...nothing, tables: 1, runs: { DueVms: 1 } } },
  };
  const month = monthOf(fleet, inputs);
  const minutes = 730 * 60;
  expect(month.tables).toBe(73_000 * 15 + minutes);
  expect(month.runs).toEqual({ DueVms: minutes, PlanVm: 73_000 });
});
