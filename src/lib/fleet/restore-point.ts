/** The catalogue of restore points: what was asked for, what Azure made of it, and the disks in it. */
import { z } from "zod";
import { armProblemSchema } from "../operations/arm-problem.ts";
import { operationIdSchema } from "../operations/operation-id.ts";
import { requestedConsistencySchema } from "../policy/policy.ts";
import type { EntityKey, TableDefinition } from "../state/entity-table.ts";
import { excludedDiskSchema } from "./protection.ts";
import { type VmKey, vmKeySchema } from "./vm-key.ts";

const pointSchema = z.object({
  vm: vmKeySchema,
  /** `<slot>-a<attempt>`, the name of the restore point in Azure. */
  name: z.string(),
  slot: z.string(),
  attempt: z.int(),
  cause: z.enum(["tagged", "schedule"]),
  policies: z.array(z.string()),
  state: z.enum(["Creating", "Succeeded", "Failed"]),
  restorePointId: z.string(),
  operation: operationIdSchema,
  consistencyRequested: requestedConsistencySchema,
  /** What Azure obtained. */
  consistencyMode: z.string().optional(),
  disks: z.array(
    z.object({
      name: z.string(),
      diskId: z.string().optional(),
      lun: z.int().optional(),
      sizeInGB: z.number().optional(),
      diskRestorePointId: z.string().optional(),
    }),
  ),
  excludedDisks: z.array(excludedDiskSchema),
  /** Azure's own time of the point. */
  timeCreated: z.string().optional(),
  requestedAt: z.iso.datetime(),
  endedAt: z.iso.datetime().optional(),
  error: armProblemSchema.optional(),
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

/**
 * The VM's model at the time of a point, under `<vm>/<point>`. Azure keeps no network interfaces, zones, identity
 * or tags with a restore point; a whole VM cannot be rebuilt without them.
 */
export interface VmModels {
  put(vm: VmKey, point: string, model: unknown): Promise<void>;
  get(vm: VmKey, point: string): Promise<unknown>;
}
