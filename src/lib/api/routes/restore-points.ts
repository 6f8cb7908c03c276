import { z } from "zod";
import { route } from "../route.ts";
import { pageOf, pageQuery } from "../shapes/page.ts";
import { vmParams } from "../shapes/parameters.ts";
import { restorePointSchema } from "../shapes/restore-point.ts";

const tag = "Restore points";

export const listRestorePointsRoute = route({
  name: "ListRestorePoints",
  method: "GET",
  path: "vms/{vm}/restore-points",
  tag,
  action: "read",
  summary: "The restore points of a VM.",
  params: vmParams,
  query: z.strictObject(pageQuery),
  answers: { 200: { description: "A page of them.", body: pageOf(restorePointSchema) } },
});
