/** An operation in the HTTP API: what Azure's own pollers poll. */
import * as z from "zod";
import { vmKeySchema } from "../../fleet/vm-key.ts";
import { given } from "../../given.ts";
import { grantStateSchema } from "../../grants/grant.ts";
import { grantIdSchema } from "../../grants/grant-id.ts";
import { armProblemSchema } from "../../operations/arm-problem.ts";
import { type Operation, operationKindSchema } from "../../operations/operation.ts";
import { operationIdSchema } from "../../operations/operation-id.ts";

export const operationStatusSchema = z.enum([
  ...(["NotStarted", "Running"] as const),
  ...(["Succeeded", "Failed", "Canceled"] as const),
]);

export const operationSchema = z
  .object({
    id: operationIdSchema,
    kind: operationKindSchema,
    status: operationStatusSchema,
    vm: vmKeySchema,
    resourceId: z.string().meta({ description: "ARM id of what the operation makes or ends." }),
    restorePoint: z.string(),
    region: z.string().optional(),
    looks: z.int().meta({ description: "How often Azure was asked how far it is." }),
    createdAt: z.iso.datetime(),
    submittedAt: z.iso.datetime().optional(),
    nextLookAt: z.iso.datetime().optional(),
    endedAt: z.iso.datetime().optional(),
    resourceLocation: z
      .url()
      .optional()
      .meta({ description: "Of the grant that was asked for, once it has succeeded." }),
    error: armProblemSchema.optional(),
  })
  .meta({ id: "Operation" });

export const grantGroupSchema = z
  .object({
    id: operationIdSchema,
    kind: z.literal("grantAccess"),
    status: operationStatusSchema,
    value: z.array(
      z.object({
        grantId: grantIdSchema,
        state: grantStateSchema,
        operationId: operationIdSchema,
      }),
    ),
  })
  .meta({ id: "GrantGroup", description: "A request for several disks: one operation." });

const STATUS: Readonly<Record<Operation["state"], z.infer<typeof operationStatusSchema>>> = {
  Planned: "NotStarted",
  Submitting: "Running",
  InProgress: "Running",
  Succeeded: "Succeeded",
  Failed: "Failed",
  Canceled: "Canceled",
};

export function operationResource(operation: Operation): z.input<typeof operationSchema> {
  const { id, kind, vm, target, point, look, createdAt } = operation;
  const { submittedAt, nextLookAt, endedAt, error } = operation;
  return {
    id,
    kind,
    status: STATUS[operation.state],
    vm,
    resourceId: target,
    restorePoint: point,
    ...given({ region: "region" in operation ? operation.region : undefined }),
    looks: look,
    createdAt,
    ...given({ submittedAt, nextLookAt, endedAt, error }),
  };
}
