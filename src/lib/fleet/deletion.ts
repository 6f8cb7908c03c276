import * as z from "zod";
import { armProblemSchema } from "../operations/arm-problem.ts";
import { operationIdSchema } from "../operations/operation-id.ts";

/** That a restore point is to be deleted: decided once, carried out by its operation. */
export const deletionSchema = z.object({
  operation: operationIdSchema,
  /** Why, in a sentence that everybody may read who sees the restore point. */
  reason: z.string(),
  decidedAt: z.iso.datetime(),
  /** Whether it ends the access to the restore point's disks, instead of waiting for its end. */
  endsGrants: z.boolean().optional(),
  /** Why it did not come to that; decided anew after `retryAt`. */
  error: armProblemSchema.optional(),
  retryAt: z.iso.datetime().optional(),
});
export type Deletion = z.infer<typeof deletionSchema>;

/** Whether something is on its way out. */
export const isBeingDeleted = ({
  deletion,
}: {
  readonly deletion?: Deletion | undefined;
}): boolean => deletion !== undefined && deletion.error === undefined;
