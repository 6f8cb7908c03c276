import { test } from "vitest";
import { rideOutStorm } from "./storm.ts";

test.each(Array.from({ length: 25 }, (_, index) => index + 1))(
  "storm %i: no slot without a restore point or a reason, and never a second one",
  rideOutStorm,
);
