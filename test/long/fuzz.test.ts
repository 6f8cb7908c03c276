import { test } from "vitest";
import { allRoutes } from "../../tools/all-routes.ts";
import { fuzz } from "../fuzz/fuzz.ts";

test.each(allRoutes)(
  "$name answers 250 requests as described, whatever they are",
  async (route) => {
    await fuzz(route, 250);
  },
);
