/**
 * Restore points of a VM that are not in our catalogue: other products' and those made by hand. They count against
 * Azure's limit, and are never touched. Counted by the reconciliation, one row per collection.
 */
import * as z from "zod";
import type { TableDefinition } from "../state/entity-table.ts";
import { nameOfResource } from "./resource-id.ts";
import { vmKeySchema } from "./vm-key.ts";

const foreignPointsSchema = z.object({
  vm: vmKeySchema,
  collectionId: z.string(),
  points: z.int(),
  countedAt: z.iso.datetime(),
});
export type ForeignPoints = z.infer<typeof foreignPointsSchema>;

export const foreignPointsTable: TableDefinition<ForeignPoints> = {
  name: "foreignpoints",
  schema: foreignPointsSchema,
  keyOf: ({ vm, collectionId }) => ({
    partitionKey: vm,
    rowKey: nameOfResource(collectionId).toLowerCase(),
  }),
};
