import { expect, test } from "vitest";
import { numbersUpTo, runFleet } from "./fleet.ts";

test.each([1])(
  "seed %i: 50 VMs live for 60 days, and no invariant is broken",
  { timeout: 120_000 },
  async (seed) => {
    const result = await runFleet({ seed, days: 60, vms: numbersUpTo(50) });
    expect(result.broken).toBeUndefined();
    expect(result.points).toBeGreaterThan(5000);
  },
);
