import { expect, test } from "vitest";
import { MONTH_SECONDS } from "../../../tools/cost/fleet.ts";
import { functionsTime } from "../../../tools/cost/functions-time.ts";
import { nothing } from "./inputs-of-work.ts";

const time = (runs: number, milliseconds: number, gigabytes = 1) =>
  functionsTime(
    { ...nothing, runs: { PlanVm: runs } },
    { runMilliseconds: { PlanVm: milliseconds } },
    gigabytes,
  );

test("a run that is alone costs a second, however short it is", () => {
  const { most, likely } = time(100, 10);
  expect(most).toBe(100);
  expect(likely).toBeCloseTo(100, 1);
});

test("a longer one costs what it takes, times the memory", () => {
  expect(time(100, 3000, 2).most).toBe(600);
});

test("runs at the same time cost once", () => {
  const { most, likely, instances } = time(10 * MONTH_SECONDS, 10);
  expect(most).toBe(10 * MONTH_SECONDS);
  expect(likely / MONTH_SECONDS).toBeCloseTo(1, 3);
  expect(instances).toBeCloseTo(1, 3);
});

test("what one instance cannot carry needs more of them", () => {
  // Of 480 runs at any time, an instance takes 24.
  expect(time(480 * MONTH_SECONDS, 1000).instances).toBeCloseTo(20, 3);
});
