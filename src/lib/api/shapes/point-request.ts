/** What is asked for with a restore point in the HTTP API: one operation, however many attempts it takes. */
import * as z from "zod";
import { vmKeySchema } from "../../fleet/vm-key.ts";
import { given } from "../../given.ts";
import { armProblemSchema } from "../../operations/arm-problem.ts";
import { operationIdSchema } from "../../operations/operation-id.ts";
import type { RequestRecord } from "../../plan/request-record.ts";
import type { RequestStatus } from "../../plan/request-status.ts";
import { operationStatusSchema } from "./operation.ts";

export const requestSchema = z
  .object({
    id: operationIdSchema,
    kind: z.enum(["createRestorePoint", "copyRestorePoint"]),
    status: operationStatusSchema,
    vm: vmKeySchema,
    restorePoint: z
      .string()
      .optional()
      .meta({ description: "Name of what was made; known once it has succeeded." }),
    resourceLocation: z
      .url()
      .optional()
      .meta({ description: "Where it can be read, once it has succeeded." }),
    createdAt: z.iso.datetime(),
    endedAt: z.iso.datetime().optional(),
    error: armProblemSchema.optional(),
  })
  .meta({ id: "RestorePointRequest" });

/** `resourceLocation`: of the restore point with this name. */
export function requestResource(
  { id, kind, vm, requestedAt: createdAt }: RequestRecord,
  { status, restorePoint, error, endedAt }: RequestStatus,
  resourceLocation: (restorePoint: string) => string,
): z.input<typeof requestSchema> {
  const location = restorePoint === undefined ? undefined : resourceLocation(restorePoint);
  return {
    ...{ id, kind, status, vm },
    ...given({ restorePoint, resourceLocation: location }),
    createdAt,
    ...given({ endedAt, error }),
  };
}

export const deletionRequestSchema = z
  .object({
    id: operationIdSchema.meta({ description: "Of the operation." }),
    caveat: z
      .string()
      .optional()
      .meta({ description: "What the deletion costs, where that needs saying." }),
  })
  .meta({ id: "DeletionRequest" });
