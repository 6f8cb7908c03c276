import * as z from "zod";
import { pointSchema } from "../../fleet/restore-point.ts";
import { policyNameSchema } from "../../policy/policy.ts";
import { route } from "../route.ts";
import { listOf, pageOf, pageQuery } from "../shapes/page.ts";
import { pointParams, regionText, vmParams } from "../shapes/parameters.ts";
import { diskSchema, restorePointCopySchema, restorePointSchema } from "../shapes/restore-point.ts";
import { flagText } from "../shapes/text.ts";
import { isForward, notForward, timeQuery } from "../shapes/time-range.ts";

const tag = "Restore points";
const ofOne = { method: "GET", tag, action: "read", params: pointParams } as const;
const pointPath = "vms/{vm}/restore-points/{point}";

export const listRestorePointsRoute = route({
  name: "ListRestorePoints",
  method: "GET",
  path: "vms/{vm}/restore-points",
  tag,
  action: "read",
  summary: "The restore points of a VM, in the order of their names.",
  description: "The newest are found with `from`.",
  params: vmParams,
  query: z
    .strictObject({
      ...pageQuery,
      state: pointSchema.shape.state.optional().meta({ description: "Only those in it." }),
      policy: policyNameSchema.optional().meta({ description: "Only those made for it." }),
      region: regionText.optional(),
      consistency: z
        .enum(["ApplicationConsistent", "FileSystemConsistent", "CrashConsistent"])
        .optional()
        .meta({ description: "What Azure obtained: `consistencyMode`." }),
      legalHold: flagText.optional().meta({ description: "Whether it is on hold." }),
      ...timeQuery("at"),
    })
    .refine(isForward, notForward),
  answers: { 200: { description: "A page of them.", body: pageOf(restorePointSchema) } },
});

export const getRestorePointRoute = route({
  ...ofOne,
  name: "GetRestorePoint",
  path: pointPath,
  summary: "One restore point.",
  answers: { 200: { description: "The restore point.", body: restorePointSchema } },
});

export const listDisksRoute = route({
  ...ofOne,
  name: "ListDisks",
  path: `${pointPath}/disks`,
  summary: "The disks in a restore point and in its copies, all in one page.",
  answers: { 200: { description: "The disks.", body: listOf(diskSchema) } },
});

export const listCopiesRoute = route({
  ...ofOne,
  name: "ListCopies",
  path: `${pointPath}/copies`,
  summary: "The copies of a restore point by region, all in one page.",
  description: "A copy can outlive the restore point that it was made from.",
  answers: { 200: { description: "The copies.", body: listOf(restorePointCopySchema) } },
});
