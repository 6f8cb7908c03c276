/** The copies of restore points in other regions. A copy outlives the restore point that it was made from. */
import * as z from "zod";
import { armProblemSchema } from "../operations/arm-problem.ts";
import { operationIdSchema } from "../operations/operation-id.ts";
import { requestedConsistencySchema } from "../policy/policy.ts";
import type { EntityKey, KeyRange, TableDefinition } from "../state/entity-table.ts";
import { partition } from "../state/entity-table.ts";
import { deletionSchema } from "./deletion.ts";
import { legalHoldSchema, pointDiskSchema } from "./restore-point.ts";
import { type VmKey, vmKeySchema } from "./vm-key.ts";

export const copySchema = z.object({
  vm: vmKeySchema,
  /** Azure region, as in `westeurope`. */
  region: z.string(),
  /** Name of the restore point, here and there. */
  point: z.string(),
  slot: z.string(),
  /** The VM's GUID when the restore point was made. */
  vmId: z.string(),
  /** When the slot came up. */
  at: z.iso.datetime(),
  /** Azure's own time of the restore point, whose order copies follow. */
  timeCreated: z.string().optional(),
  policies: z.array(z.string()),
  consistencyRequested: requestedConsistencySchema,
  consistencyMode: z.string().optional(),
  /** Kept until then, and not counted by policies. */
  keepUntil: z.iso.datetime().optional(),
  /** It is of some disks only, and takes the place of no other. */
  partial: z.boolean().optional(),
  /** Somebody asked for it: where no policy keeps copies, it stays until it is deleted by hand. */
  requested: z.boolean().optional(),
  state: z.enum(["Copying", "Succeeded", "Failed"]),
  /** ARM id of the collection of the restore point that it is copied from. */
  sourceCollectionId: z.string(),
  /** ARM id of the copy. */
  restorePointId: z.string(),
  operation: operationIdSchema,
  disks: z.array(pointDiskSchema),
  requestedAt: z.iso.datetime(),
  endedAt: z.iso.datetime().optional(),
  error: armProblemSchema.optional(),
  legalHold: legalHoldSchema.optional(),
  deletion: deletionSchema.optional(),
  /** When Azure had deleted what was left of one that failed. */
  removedAt: z.iso.datetime().optional(),
});
export type Copy = z.infer<typeof copySchema>;

export const copyKey = (vm: VmKey, region: string, point: string): EntityKey => ({
  partitionKey: vm,
  rowKey: `${region}~${point}`,
});

export const copiesOf = (vm: VmKey): KeyRange => partition(vm);

export const copyTable: TableDefinition<Copy> = {
  name: "copies",
  schema: copySchema,
  keyOf: ({ vm, region, point }) => copyKey(vm, region, point),
};
