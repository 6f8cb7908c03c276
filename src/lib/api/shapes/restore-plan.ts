/** What a restore would make, and what is against it, in the HTTP API: the answer to `dryRun`. */
import * as z from "zod";
import { networkPlaceSchema } from "../../fleet/protection.ts";
import { given } from "../../given.ts";
import type { Planned } from "../../restores/plan-restore.ts";
import { restoreSchema } from "../../restores/restore.ts";
import {
  placeOf,
  plannedResource,
  plannedResourceSchema,
  problemResource,
  restoredAs,
  restoreProblemSchema,
  told,
} from "./restore.ts";

export const restorePlanSchema = z
  .object({
    kind: restoreSchema.shape.kind,
    ...restoredAs,
    resources: z.array(plannedResourceSchema),
    network: networkPlaceSchema
      .optional()
      .meta({ description: "Of a VM: where it goes, once that is found; for operators." }),
    problems: z.array(restoreProblemSchema),
    possible: z.boolean().meta({ description: "Whether there is no problem." }),
  })
  .meta({ id: "RestorePlan" });

/** `toPartner`: without where the source is in the network, and what our identity lacks. */
export function restorePlan(
  { restore, problems }: Planned,
  toPartner: boolean,
): z.input<typeof restorePlanSchema> {
  const { kind, resources, network } = restore;
  return {
    kind,
    ...placeOf(restore),
    resources: resources.map((resource) => plannedResource(restore, resource)),
    ...given({ network: toPartner ? undefined : network }),
    problems: problems.map((problem) => problemResource(told(problem, toPartner))),
    possible: problems.length === 0,
  };
}
