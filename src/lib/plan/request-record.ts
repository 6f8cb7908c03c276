/**
 * A request that was accepted: one operation to whoever made it, however many attempts it takes. The record comes
 * first, so that whatever dies afterwards, the upkeep of its VM finds it and carries it out. It is kept as long as
 * operations are.
 */
import * as z from "zod";
import { actorSchema } from "../audit/audit-entry.ts";
import { askedSchema } from "../fleet/asked.ts";
import { vmKeySchema } from "../fleet/vm-key.ts";
import { armProblemSchema } from "../operations/arm-problem.ts";
import {
  type OperationId,
  operationIdSchema,
  ulidOfOperation,
  vmOfOperation,
} from "../operations/operation-id.ts";
import { diskSelectorSchema, requestedConsistencySchema } from "../policy/policy.ts";
import type { EntityKey, TableDefinition } from "../state/entity-table.ts";

const outcomeSchema = z.object({
  status: z.enum(["Succeeded", "Failed", "Canceled"]),
  /** Name of what was made. */
  restorePoint: z.string().optional(),
  error: armProblemSchema.optional(),
  endedAt: z.iso.datetime(),
});
export type RequestOutcome = z.infer<typeof outcomeSchema>;

const common = z.object({
  id: operationIdSchema,
  vm: vmKeySchema,
  by: actorSchema,
  /** The request's `x-ms-request-id`. */
  correlationId: z.string(),
  requestedAt: z.iso.datetime(),
  /** When what is asked for was written where the app goes by it: the slot, or the restore point to copy. */
  placedAt: z.iso.datetime().optional(),
  /** When somebody took it up whose answer nobody waits for any more: from then on it is not refused, but waits. */
  takenUpAt: z.iso.datetime().optional(),
  outcome: outcomeSchema.optional(),
  /** When the outcome was written down, which may be long after its end: the record is kept for so long from then. */
  settledAt: z.iso.datetime().optional(),
});

const requestRecordSchema = z.discriminatedUnion("kind", [
  common.extend({
    kind: z.literal("createRestorePoint"),
    slot: z.string(),
    consistency: requestedConsistencySchema.optional(),
    excludeDisks: z.array(diskSelectorSchema).optional(),
    asked: askedSchema,
    /** Why it is to be on hold, if it is. */
    holdReason: z.string().optional(),
  }),
  common.extend({
    kind: z.literal("copyRestorePoint"),
    /** Name of the restore point. */
    point: z.string(),
    /** Where the copy is to be. */
    region: z.string(),
  }),
]);
export type RequestRecord = z.infer<typeof requestRecordSchema>;
export type CopyRequest = Extract<RequestRecord, { kind: "copyRestorePoint" }>;
export type CreateRequest = Extract<RequestRecord, { kind: "createRestorePoint" }>;

export const requestKey = (id: OperationId): EntityKey => ({
  partitionKey: vmOfOperation(id),
  rowKey: ulidOfOperation(id),
});

export const requestTable: TableDefinition<RequestRecord> = {
  name: "requests",
  schema: requestRecordSchema,
  keyOf: ({ id }) => requestKey(id),
};
