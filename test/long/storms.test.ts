import { test } from "vitest";
import { rideOutGrantsStorm } from "../simulation/grants-storm.ts";
import { rideOutRestoresStorm } from "../simulation/restores-storm.ts";
import { rideOutStorm } from "../simulation/storm.ts";

test("2,000 storms: no slot without a restore point or a reason, and never a second one", async () => {
  for (let seed = 1000; seed < 3000; seed++) await rideOutStorm(seed);
});

test("2,000 storms of grants: no disk stays open after its grant, and nothing is left behind", async () => {
  for (let seed = 1000; seed < 3000; seed++) await rideOutGrantsStorm(seed);
});

test("1,000 storms of restores: each ends complete or cleaned up", async () => {
  for (let seed = 1000; seed < 2000; seed++) await rideOutRestoresStorm(seed);
});
