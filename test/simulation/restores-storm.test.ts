import { expect, test } from "vitest";
import { rideOutRestoresStorm } from "./restores-storm.ts";

test("in storms of faults and crashes every restore ends complete or cleaned up, whatever the seed", async () => {
  const ends = new Set<string>();
  for (let seed = 1; seed <= 20; seed++) {
    for (const end of await rideOutRestoresStorm(seed)) ends.add(end);
  }
  expect([...ends].sort()).toEqual(["Failed", "Succeeded"]);
});
