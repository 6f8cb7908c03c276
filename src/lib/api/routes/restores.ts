import * as z from "zod";
import { restoreRequestSchema } from "../../restores/restore-request.ts";
import { route } from "../route.ts";
import { pageOf, pageQuery } from "../shapes/page.ts";
import { pointParams, vmParams } from "../shapes/parameters.ts";
import { restoreResourceSchema } from "../shapes/restore.ts";
import { restorePlanSchema } from "../shapes/restore-plan.ts";

const tag = "Restores";

export const postRestoreRoute = route({
  name: "PostRestore",
  method: "POST",
  path: "vms/{vm}/restore-points/{point}/restores",
  tag,
  action: "restore",
  summary: "Makes disks, or a whole VM, of a restore point or of its copy.",
  description:
    "Everything that Azure can be asked is asked before anything is made; what is made of a restore that fails is removed again. With `dryRun` nothing is made at all. A request that failed begins anew when it is sent again with its `Repeatability-Request-ID`.",
  params: pointParams,
  body: restoreRequestSchema.meta({ id: "RestoreRequest" }),
  repeatable: true,
  answers: {
    200: { description: "What would be made, and what is against it.", body: restorePlanSchema },
    202: {
      description: "It will be made.",
      body: restoreResourceSchema,
      headers: ["Operation-Location", "Retry-After"],
    },
  },
  errors: {
    409: "It cannot be carried out, for each of the reasons in `details`, or so many restores of the VM are under way.",
    503: "Azure does not say whether it can be carried out.",
  },
});

export const listRestoresRoute = route({
  name: "ListRestores",
  method: "GET",
  path: "vms/{vm}/restores",
  tag,
  action: "readRestores",
  summary: "The restores of a VM that are under way or ended within a week, the oldest first.",
  params: vmParams,
  query: z.strictObject(pageQuery),
  answers: { 200: { description: "A page of them.", body: pageOf(restoreResourceSchema) } },
});
