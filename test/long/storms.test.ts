import { test } from "vitest";
import { rideOutStorm } from "../simulation/storm.ts";

test("2,000 storms: no slot without a restore point or a reason, and never a second one", async () => {
  for (let seed = 1000; seed < 3000; seed++) await rideOutStorm(seed);
});
