/**
 * One asynchronous ARM operation and its moves. The moves are pure; the store writes them by compare-and-set.
 *
 *     Planned ──► Submitting ──► InProgress ──► Succeeded | Failed
 *        ▲            │  ▲           │ ▲
 *        └─ throttled ┘  └ unsettled └─┘ look again
 */
import { z } from "zod";
import { vmKeySchema } from "../fleet/vm-key.ts";
import type { EntityKey, TableDefinition } from "../state/entity-table.ts";
import { type ArmProblem, armProblemSchema } from "./arm-problem.ts";
import {
  type OperationId,
  operationIdSchema,
  ulidOfOperation,
  vmOfOperation,
} from "./operation-id.ts";

const createRestorePointRequestSchema = z.object({
  collection: z.object({ id: z.string(), location: z.string(), sourceVmId: z.string() }),
  /** Whether the collection may be missing yet. */
  createCollection: z.boolean(),
  consistencyMode: z.literal("CrashConsistent").optional(),
  excludeDiskIds: z.array(z.string()),
  /** The disks that are in, so that one named in an error can be left out of the next attempt. */
  disks: z.array(z.object({ id: z.string(), name: z.string(), lun: z.int().optional() })),
});

const operationSchema = z.object({
  id: operationIdSchema,
  vm: vmKeySchema,
  kind: z.literal("createRestorePoint"),
  /** ARM id of the restore point. */
  target: z.string(),
  /** Name of the restore point, which derives from its slot and attempt. */
  point: z.string(),
  slot: z.string(),
  request: createRestorePointRequestSchema,
  state: z.enum(["Planned", "Submitting", "InProgress", "Succeeded", "Failed", "Canceled"]),
  /** The start that the pacer reserved, or that ARM's Retry-After asked for. */
  startAt: z.iso.datetime().optional(),
  /** While Submitting: until then another function may still be waiting for ARM's answer. */
  leaseUntil: z.iso.datetime().optional(),
  /** Absent when ARM's answer was lost: then the restore point itself is looked at. */
  statusUrl: z.string().optional(),
  /** The number of the next look; a message with another number is out of date. */
  look: z.int(),
  nextLookAt: z.iso.datetime().optional(),
  /** Errors in a row that a retry may mend, other than throttling. */
  transientErrors: z.int(),
  /** What it failed with; while Submitting, the last error that a retry may mend. */
  error: armProblemSchema.optional(),
  createdAt: z.iso.datetime(),
  submittedAt: z.iso.datetime().optional(),
  endedAt: z.iso.datetime().optional(),
  /** Given up after this, whatever ARM says. */
  deadlineAt: z.iso.datetime(),
});
export type Operation = z.infer<typeof operationSchema>;

export const operationKey = (id: OperationId): EntityKey => ({
  partitionKey: vmOfOperation(id),
  rowKey: ulidOfOperation(id),
});

export const operationTable: TableDefinition<Operation> = {
  name: "operations",
  schema: operationSchema,
  keyOf: ({ id }) => operationKey(id),
};

export const isEnded = ({ state }: Operation): boolean =>
  state === "Succeeded" || state === "Failed" || state === "Canceled";

/** The function that makes this move is the one that calls ARM, for as long as the lease lasts. */
export const submit = (operation: Operation, now: Date, leaseMs: number): Operation => ({
  ...operation,
  state: "Submitting",
  submittedAt: now.toISOString(),
  leaseUntil: later(now, leaseMs),
});

/** ARM has it. */
export function accept(
  operation: Operation,
  statusUrl: string | undefined,
  nextLookAt: string,
): Operation {
  const { leaseUntil: _, error: __, ...rest } = operation;
  const url = statusUrl === undefined ? {} : { statusUrl };
  return { ...rest, ...url, state: "InProgress", look: 1, nextLookAt, transientErrors: 0 };
}

/** ARM has not taken it: the whole start is due again. */
export function postpone(operation: Operation, startAt: string): Operation {
  const { leaseUntil: _, submittedAt: __, ...rest } = operation;
  return { ...rest, state: "Planned", startAt };
}

/** Nobody knows whether ARM has it. When the lease ends, the restore point's name tells. */
export const leaveUnsettled = (
  operation: Operation,
  leaseUntil: string,
  error: ArmProblem,
): Operation => ({
  ...operation,
  state: "Submitting",
  leaseUntil,
  transientErrors: operation.transientErrors + 1,
  error,
});

export const lookAgain = (
  operation: Operation,
  nextLookAt: string,
  transientErrors: number,
): Operation => ({ ...operation, look: operation.look + 1, nextLookAt, transientErrors });

export function end(
  operation: Operation,
  state: "Succeeded" | "Failed",
  now: Date,
  error?: Operation["error"],
): Operation {
  const { leaseUntil: _, nextLookAt: __, error: ___, ...rest } = operation;
  return { ...rest, state, endedAt: now.toISOString(), ...(error ? { error } : {}) };
}

const later = (now: Date, ms: number): string => new Date(now.getTime() + ms).toISOString();

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

export const activeOperationOf = ({ id, vm, createdAt }: Operation): ActiveOperation => ({
  id,
  vm,
  createdAt,
});
