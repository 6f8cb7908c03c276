/** A restore in the HTTP API: one operation, however many it is to Azure. */
import * as z from "zod";
import { vmKeySchema } from "../../fleet/vm-key.ts";
import { given } from "../../given.ts";
import { type ArmProblem, armProblemSchema } from "../../operations/arm-problem.ts";
import { operationIdSchema } from "../../operations/operation-id.ts";
import {
  operationOn,
  type Restore,
  type RestoredResource,
  type RestoreProblem,
  restoredId,
  restoredResourceSchema,
  restoreSchema,
} from "../../restores/restore.ts";
import { operationStatusSchema } from "./operation.ts";

export const restoreProblemSchema = z
  .object({
    code: z.string(),
    message: z.string(),
    target: z.string().meta({ description: "The field of the request, or the resource." }),
    retryAfterSeconds: z
      .int()
      .optional()
      .meta({ description: "It passes by itself: asking again so much later may succeed." }),
  })
  .meta({ id: "RestoreProblem" });

/** What is known of a resource before it is made. */
export const plannedResourceSchema = z.object({
  role: restoredResourceSchema.shape.role,
  resourceId: z.string().meta({ description: "ARM id of what is made." }),
  source: z.string().optional().meta({ description: "Name of the disk in the restore point." }),
  lun: z.int().optional().meta({ description: "Absent for the OS disk." }),
  sku: z.string().optional(),
  sizeInGB: z.number().optional().meta({ description: "Absent: as large as the source." }),
});

/** What a restore goes by, from its plan to its end. */
export const restoredAs = {
  restorePoint: z.string(),
  region: z.string().optional().meta({ description: "Of the copy that is restored from." }),
  resourceGroup: z.string(),
  location: z.string(),
  zone: z.string().optional(),
  size: z.string().optional().meta({ description: "Of a VM." }),
};

export const restoreResourceSchema = z
  .object({
    id: operationIdSchema,
    kind: z.literal("restore"),
    restores: restoreSchema.shape.kind,
    status: operationStatusSchema,
    phase: restoreSchema.shape.state.meta({ description: "What is being done, in more words." }),
    vm: vmKeySchema,
    ...restoredAs,
    percentComplete: z
      .int()
      .min(0)
      .max(100)
      .meta({ description: "How many of its resources are made." }),
    attempt: z.int().meta({ description: "Rises when a restore that failed is asked for again." }),
    resources: z.array(
      plannedResourceSchema.extend({
        status: restoredResourceSchema.shape.state,
        operationId: operationIdSchema
          .optional()
          .meta({ description: "The latest operation on it." }),
        errorCode: z.string().optional(),
      }),
    ),
    error: armProblemSchema.optional().meta({ description: "What the first failure was." }),
    problems: z
      .array(restoreProblemSchema)
      .optional()
      .meta({ description: "Why it was refused before anything was made." }),
    createdAt: z.iso.datetime(),
    endedAt: z.iso.datetime().optional(),
  })
  .meta({ id: "Restore" });

/** Azure's own words name our identity, what it lacks, and what others have. */
export const withheld = ({ code }: Pick<ArmProblem, "code">): ArmProblem => ({
  code,
  message: "Azure refused it. An operator can read why.",
});

/** A problem as whoever asks may read it: what our identity may do, and where, is for operators. */
export const told = (problem: RestoreProblem, toPartner: boolean): RestoreProblem =>
  toPartner && problem.code === "PermissionMissing"
    ? { ...problem, message: "The app's identity may not do all that it takes." }
    : problem;

const STATUS: Readonly<Record<Restore["state"], z.infer<typeof operationStatusSchema>>> = {
  Checking: "NotStarted",
  Creating: "Running",
  CleaningUp: "Running",
  Succeeded: "Succeeded",
  Failed: "Failed",
};

/** `toPartner`: without what Azure says word for word. */
export function restoreResource(
  restore: Restore,
  toPartner: boolean,
): z.input<typeof restoreResourceSchema> {
  const { id, kind, state, vm, attempt, resources, error, problems, endedAt } = restore;
  return {
    ...{ id, kind: "restore", restores: kind, status: STATUS[state], phase: state, vm },
    ...placeOf(restore),
    percentComplete: percentOf(restore),
    attempt,
    resources: resources.map((resource) => {
      const { state: status, operation, errorCode } = resource;
      const operationId = operation === undefined ? undefined : operationOn(restore, operation);
      return {
        ...plannedResource(restore, resource),
        status,
        ...given({ operationId, errorCode }),
      };
    }),
    ...given({
      error: error && (toPartner ? withheld(error) : error),
      problems: problems?.map((problem) => problemResource(told(problem, toPartner))),
    }),
    createdAt: restore.requestedAt,
    ...given({ endedAt }),
  };
}

export function placeOf({ point, region, resourceGroup, location, zone, size }: Restore) {
  return {
    restorePoint: point,
    ...given({ region }),
    resourceGroup,
    location,
    ...given({ zone, size }),
  };
}

export const plannedResource = (
  restore: Restore,
  resource: RestoredResource,
): z.input<typeof plannedResourceSchema> => {
  const { source, lun, sku, sizeInGB } = resource.disk ?? {};
  return {
    role: resource.role,
    resourceId: restoredId(restore, resource),
    ...given({ source, lun, sku, sizeInGB }),
  };
};

export const problemResource = ({
  code,
  message,
  target,
  retryAfterMs,
}: RestoreProblem): z.input<typeof restoreProblemSchema> => ({
  ...{ code, message, target },
  ...(retryAfterMs === undefined ? {} : { retryAfterSeconds: Math.ceil(retryAfterMs / 1000) }),
});

/** All of it is made a moment before the restore has ended: until then it is not said to be complete. */
function percentOf({ state, resources }: Restore): number {
  if (state === "Succeeded") return 100;
  const made = resources.filter((each) => each.state === "Created").length;
  return Math.min(99, Math.floor((100 * made) / Math.max(1, resources.length)));
}
