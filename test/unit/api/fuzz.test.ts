import { test } from "vitest";
import { allRoutes } from "../../../tools/all-routes.ts";
import { fuzz } from "../../fuzz/fuzz.ts";

test.each(allRoutes)("$name answers as described whatever it is asked", async (route) => {
  await fuzz(route, 13);
});
