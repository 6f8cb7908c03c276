import { test } from "vitest";
import { rideOutGrantsStorm } from "./grants-storm.ts";

test.each(Array.from({ length: 40 }, (_, index) => index + 1))(
  "storm %i: no disk stays open after its grant, and no grant or lock is left behind",
  rideOutGrantsStorm,
);
