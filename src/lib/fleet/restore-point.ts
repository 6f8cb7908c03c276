/** The catalogue of restore points: what was asked for, what Azure made of it, and the disks in it. */
import * as z from "zod";
import { armProblemSchema } from "../operations/arm-problem.ts";
import { operationIdSchema } from "../operations/operation-id.ts";
import { requestedConsistencySchema } from "../policy/policy.ts";
import type { EntityKey, TableDefinition } from "../state/entity-table.ts";
import { askedSchema } from "./asked.ts";
import { deletionSchema } from "./deletion.ts";
import { excludedDiskSchema, slotCauseSchema } from "./protection.ts";
import { type VmKey, vmKeySchema } from "./vm-key.ts";

export const pointDiskSchema = z.object({
  name: z.string(),
  diskId: z.string().optional(),
  lun: z.int().optional(),
  sizeInGB: z.number().optional(),
  diskRestorePointId: z.string().optional(),
});

/** Nothing deletes what is on hold. */
export const legalHoldSchema = z.object({
  reason: z.string(),
  /** Who placed it. */
  by: z.string(),
  since: z.iso.datetime(),
});
export type LegalHold = z.infer<typeof legalHoldSchema>;

export const pointSchema = z.object({
  vm: vmKeySchema,
  /** `<slot>-a<attempt>`, the name of the restore point in Azure. */
  name: z.string(),
  slot: z.string(),
  attempt: z.int(),
  /** When the slot came up. */
  at: z.iso.datetime(),
  /** The VM's GUID, since another VM may bear the same name later. */
  vmId: z.string(),
  /** Azure region that the restore point is in. */
  location: z.string(),
  cause: slotCauseSchema,
  policies: z.array(z.string()),
  /** Earlier slots that waited in vain, and are served by this restore point. */
  replaces: z.array(z.string()).optional(),
  ...askedSchema.shape,
  state: z.enum(["Creating", "Succeeded", "Failed"]),
  restorePointId: z.string(),
  operation: operationIdSchema,
  consistencyRequested: requestedConsistencySchema,
  /** What Azure obtained. */
  consistencyMode: z.string().optional(),
  /** What Azure does not guarantee of it, in a sentence. */
  caveat: z.string().optional(),
  disks: z.array(pointDiskSchema),
  excludedDisks: z.array(excludedDiskSchema),
  /** Azure's own time of the point. */
  timeCreated: z.string().optional(),
  requestedAt: z.iso.datetime(),
  endedAt: z.iso.datetime().optional(),
  error: armProblemSchema.optional(),
  /** Failed as far as we know: Azure could not be asked in time, and may have it after all. */
  outcomeUnknown: z.boolean().optional(),
  legalHold: legalHoldSchema.optional(),
  deletion: deletionSchema.optional(),
  /** When Azure had deleted what was left of one that failed. */
  removedAt: z.iso.datetime().optional(),
});
export type Point = z.infer<typeof pointSchema>;

export const pointKey = (vm: VmKey, name: string): EntityKey => ({
  partitionKey: vm,
  rowKey: name,
});

export const pointTable: TableDefinition<Point> = {
  name: "points",
  schema: pointSchema,
  keyOf: ({ vm, name }) => pointKey(vm, name),
};
