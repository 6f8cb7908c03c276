/** The operations that are under way, in shards: what the sweep goes by. */
import * as z from "zod";
import { vmKeySchema } from "../fleet/vm-key.ts";
import type { EntityKey, TableDefinition } from "../state/entity-table.ts";
import { type OperationId, operationIdSchema } from "./operation-id.ts";

/** Operations that are not terminal, in shards: the sweep reads these rows and nothing else. */
const activeOperationSchema = z.object({
  id: operationIdSchema,
  vm: vmKeySchema,
  createdAt: z.iso.datetime(),
});
export type ActiveOperation = z.infer<typeof activeOperationSchema>;

export const ACTIVE_SHARDS = 16;
const ULID_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
export const activeShard = (shard: number): string => `operation-${shard.toString(16)}`;

export function activeKey(id: OperationId): EntityKey {
  // The last characters of a ULID are its random part.
  const last = ULID_ALPHABET.indexOf(id.slice(-1));
  return { partitionKey: activeShard(last % ACTIVE_SHARDS), rowKey: id };
}

export const activeTable: TableDefinition<ActiveOperation> = {
  name: "active",
  schema: activeOperationSchema,
  keyOf: ({ id }) => activeKey(id),
};

export const activeOperationOf = ({ id, vm, createdAt }: ActiveOperation): ActiveOperation => ({
  id,
  vm,
  createdAt,
});
