import { expect, test } from "vitest";
import { restoreAtOnce } from "./restores-burst.ts";

test("100 VMs that are restored at once are all there, in little more than the least time, and no budget is exceeded", async () => {
  const { done, wanted, budgetsExceeded, tookMs, leastMs } = await restoreAtOnce(100);
  expect({ done, budgetsExceeded }).toEqual({ done: wanted, budgetsExceeded: 0 });
  // The clock is virtual: however slow the machine, it is the same.
  expect(tookMs / leastMs).toBeLessThan(1.3);
});
