import { test } from "vitest";
import { rideOutGrantsStorm } from "../simulation/grants-storm.ts";
import { rideOutStorm } from "../simulation/storm.ts";

test("2,000 storms: no slot without a restore point or a reason, and never a second one", async () => {
  for (let seed = 1000; seed < 3000; seed++) await rideOutStorm(seed);
});

test("2,000 storms of grants: no disk stays open after its grant, and nothing is left behind", async () => {
  for (let seed = 1000; seed < 3000; seed++) await rideOutGrantsStorm(seed);
});
