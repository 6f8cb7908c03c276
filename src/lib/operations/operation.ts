/**
 * One asynchronous ARM operation. Its moves are in `operation-moves.ts`; the store writes them by compare-and-set.
 *
 *     Planned ──► Submitting ──► InProgress ──► Succeeded | Failed
 *        ▲            │  ▲           │ ▲
 *        └─ throttled ┘  └ unsettled └─┘ look again
 */
import * as z from "zod";
import { vmKeySchema } from "../fleet/vm-key.ts";
import type { EntityKey, TableDefinition } from "../state/entity-table.ts";
import { armProblemSchema } from "./arm-problem.ts";
import {
  type OperationId,
  operationIdSchema,
  ulidOfOperation,
  vmOfOperation,
} from "./operation-id.ts";
import {
  accessRequestSchema,
  copyRequestSchema,
  createRequestSchema,
  deleteRequestSchema,
  restoreStepSchema,
} from "./operation-request.ts";

const common = z.object({
  id: operationIdSchema,
  vm: vmKeySchema,
  /** ARM id of the restore point; of grants that of the disk restore point. */
  target: z.string(),
  /** Name of the restore point, which derives from its slot and attempt. */
  point: z.string(),
  slot: z.string(),
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
  /** The `traceparent` of what it was made for. */
  trace: z.string().optional(),
});

/** A step of a restore. */
const restoreStep = common.extend({
  request: restoreStepSchema,
  /** Of the copy that is restored from. */
  region: z.string().optional(),
});

const operationSchema = z.discriminatedUnion("kind", [
  common.extend({ kind: z.literal("createRestorePoint"), request: createRequestSchema }),
  common.extend({
    kind: z.literal("copyRestorePoint"),
    request: copyRequestSchema,
    /** The region that the copy is made in. */
    region: z.string(),
    /** Of the copy, as the disk that is furthest behind has it. */
    percent: z.number().optional(),
  }),
  common.extend({
    kind: z.literal("deleteRestorePoint"),
    request: deleteRequestSchema,
    /** Of the copy that is deleted; absent for the restore point itself. */
    region: z.string().optional(),
    /** Why, in a sentence: no deletion goes unexplained. */
    reason: z.string(),
  }),
  common.extend({
    kind: z.literal("grantAccess"),
    request: accessRequestSchema,
    region: z.string().optional(),
    /** `clear`: whatever access there is from before is ended first. */
    step: z.enum(["clear", "begin"]),
    /** Where ARM tells the SAS when the operation has succeeded. */
    resultUrl: z.string().optional(),
  }),
  common.extend({
    kind: z.literal("revokeAccess"),
    request: accessRequestSchema,
    region: z.string().optional(),
  }),
  restoreStep.extend({ kind: z.literal("checkRestore") }),
  restoreStep.extend({
    kind: z.literal("createDisk"),
    /** Azure calls it Succeeded before its bytes are there, and attaches it only then. */
    hydrates: z.boolean().optional(),
  }),
  restoreStep.extend({ kind: z.literal("createNetworkInterface") }),
  restoreStep.extend({
    kind: z.literal("createVirtualMachine"),
    /** `deallocate`: it is there, and running, and is to be left stopped. */
    step: z.enum(["create", "deallocate"]),
    stops: z.boolean().optional(),
  }),
  restoreStep.extend({ kind: z.literal("deleteRestored") }),
]);
export type Operation = z.infer<typeof operationSchema>;

export const operationKindSchema = z.enum(
  operationSchema.options.map(({ shape }) => shape.kind.value),
);
export type CreateOperation = Extract<Operation, { kind: "createRestorePoint" }>;
export type CopyOperation = Extract<Operation, { kind: "copyRestorePoint" }>;
export type DeleteOperation = Extract<Operation, { kind: "deleteRestorePoint" }>;
export type GrantOperation = Extract<Operation, { kind: "grantAccess" }>;
export type RevokeOperation = Extract<Operation, { kind: "revokeAccess" }>;
type OfKind<K extends Operation["kind"]> = Extract<Operation, { kind: K }>;
export type CheckRestoreOperation = OfKind<"checkRestore">;
export type CreateDiskOperation = OfKind<"createDisk">;
export type CreateNetworkInterfaceOperation = OfKind<"createNetworkInterface">;
export type CreateVirtualMachineOperation = OfKind<"createVirtualMachine">;
export type DeleteRestoredOperation = OfKind<"deleteRestored">;
export type RestoreOperation =
  | CheckRestoreOperation
  | CreateDiskOperation
  | CreateNetworkInterfaceOperation
  | CreateVirtualMachineOperation
  | DeleteRestoredOperation;

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
