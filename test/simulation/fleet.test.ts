import { expect, test } from "vitest";
import { numbersUpTo, runFleet } from "./fleet.ts";

test.each([1, 2, 3])(
  "seed %i: 25 VMs live for 40 days, and no invariant is broken",
  { timeout: 120_000 },
  async (seed) => {
    const result = await runFleet({ seed, days: 40, vms: numbersUpTo(25) });
    expect(result.broken).toBeUndefined();
    expect(result.points).toBeGreaterThan(1000);
  },
);
