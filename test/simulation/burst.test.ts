import { expect, test } from "vitest";
import { leastMs } from "./azure-budgets.ts";
import { letGo, tagAtOnce } from "./burst.ts";

test("the least time is what both windows allow", () => {
  const MINUTE = 60_000;
  expect(leastMs(120, 120, 600)).toBe(0);
  expect(leastMs(121, 120, 600)).toBe(3 * MINUTE);
  expect(leastMs(600, 120, 600)).toBe(12 * MINUTE);
  expect(leastMs(601, 120, 600)).toBe(30 * MINUTE);
});

test("1,000 VMs that are tagged at once all get their restore point, and no budget is exceeded", async () => {
  const { done, wanted, budgetsExceeded } = await tagAtOnce(1000);
  expect({ done, budgetsExceeded }).toEqual({ done: wanted, budgetsExceeded: 0 });
});

test("3,000 restore points that a policy lets go of are all deleted, and no budget is exceeded", async () => {
  const { done, wanted, budgetsExceeded } = await letGo(100, 30);
  expect({ done, budgetsExceeded }).toEqual({ done: wanted, budgetsExceeded: 0 });
});
