/**
 * A restore: one operation to whoever asks for it, several to Azure. Its row is what is true of it: each step is decided
 * here first, and its operation made from the row afterwards, and made again if a crash came in between.
 *
 *     Checking ──► Creating ──────────────► Succeeded
 *         │            └──► CleaningUp ──►  Failed
 *         └───────────────────────────────►
 */
import * as z from "zod";
import { actorSchema } from "../audit/audit-entry.ts";
import { networkPlaceSchema } from "../fleet/protection.ts";
import { vmKeySchema, vmNameOf } from "../fleet/vm-key.ts";
import { armProblemSchema } from "../operations/arm-problem.ts";
import {
  type OperationId,
  operationIdOf,
  operationIdSchema,
  ulidOfOperation,
  vmOfOperation,
} from "../operations/operation-id.ts";
import type { EntityKey, TableDefinition } from "../state/entity-table.ts";

const restoreProblemSchema = z.object({
  code: z.string(),
  message: z.string(),
  /** The field of the request, or the resource, that it is about. */
  target: z.string(),
  /** What passes by itself: asking again so much later may succeed. */
  retryAfterMs: z.number().optional(),
});
export type RestoreProblem = z.infer<typeof restoreProblemSchema>;

/** Names instead of ids, since a row of 65 disks has to fit into an entity. */
export const restoredResourceSchema = z.object({
  role: z.enum(["disk", "networkInterface", "virtualMachine"]),
  name: z.string(),
  /** Of a disk. */
  disk: z
    .object({
      /** Its name in the restore point. */
      source: z.string(),
      /** Absent for the OS disk. */
      lun: z.int().optional(),
      sku: z.string(),
      sizeInGB: z.number().optional(),
      /** Name of the disk restore point. */
      from: z.string(),
    })
    .optional(),
  /** `Failed`: half made, or not at all, until it is deleted. `Kept`: what was made of a restore that failed. */
  state: z.enum(["Waiting", "Creating", "Created", "Failed", "Deleting", "Deleted", "Kept"]),
  /** ULID of the latest operation on it. */
  operation: z.string().optional(),
  /** Of that operation, if it failed. */
  errorCode: z.string().optional(),
});
export type RestoredResource = z.infer<typeof restoredResourceSchema>;

export const restoreSchema = z.object({
  id: operationIdSchema,
  vm: vmKeySchema,
  kind: z.enum(["disks", "vm"]),
  /** Name of the restore point. */
  point: z.string(),
  slot: z.string(),
  /** Of the copy that it is restored from. */
  region: z.string().optional(),
  /** ARM id of the restore point, or of its copy. */
  restorePointId: z.string(),
  resourceGroup: z.string(),
  /** Azure region of what is restored from, and so of what is made. */
  location: z.string(),
  zone: z.string().optional(),
  /** Of a VM. */
  size: z.string().optional(),
  /** Of a VM; left out: as recorded. */
  tags: z.record(z.string(), z.string()).optional(),
  powerState: z.enum(["running", "stopped"]).optional(),
  /** Of a VM: the subnet that was asked for, and then where it goes. */
  subnetId: z.string().optional(),
  network: networkPlaceSchema.optional(),
  /** Of a VM: the source's primary network interface, an ARM id. */
  sourceInterfaceId: z.string().optional(),
  onFailure: z.enum(["cleanUp", "keep"]),
  state: z.enum(["Checking", "Creating", "CleaningUp", "Succeeded", "Failed"]),
  /** Rises when a restore that failed is asked for again. */
  attempt: z.int().min(1),
  /** ULID of the operation that checks it, when that was not done at once. */
  check: z.string().optional(),
  resources: z.array(restoredResourceSchema),
  /** What the first failure was. */
  error: armProblemSchema.optional(),
  /** Why it was refused before anything was made. */
  problems: z.array(restoreProblemSchema).optional(),
  /** When it began to be cleaned up. */
  failedAt: z.iso.datetime().optional(),
  /** When what is left is to be deleted once more, after a deletion failed, and how often that has happened. */
  cleanUpAt: z.iso.datetime().optional(),
  cleanUps: z.int().optional(),
  by: actorSchema,
  /** Whether a partner's record says what whoever asked may do. */
  partner: z.boolean(),
  /** The request's `x-ms-request-id`. */
  correlationId: z.string(),
  requestedAt: z.iso.datetime(),
  endedAt: z.iso.datetime().optional(),
});
export type Restore = z.infer<typeof restoreSchema>;

export const restoreKey = (id: OperationId): EntityKey => ({
  partitionKey: vmOfOperation(id),
  rowKey: ulidOfOperation(id),
});

export const restoreTable: TableDefinition<Restore> = {
  name: "restores",
  schema: restoreSchema,
  keyOf: ({ id }) => restoreKey(id),
};

/** Whether it still reads what it is made from: one that is being cleaned up has settled all that it began. */
export const isReading = ({ state }: Pick<Restore, "state">): boolean =>
  state === "Checking" || state === "Creating";

export const isEndedRestore = ({ state }: Pick<Restore, "state">): boolean =>
  state === "Succeeded" || state === "Failed";

/** On everything that a restore makes, with its id as the value. */
export const RESTORE_TAG = "vm-restore-points-restore";

const TYPES = {
  disk: "Microsoft.Compute/disks",
  networkInterface: "Microsoft.Network/networkInterfaces",
  virtualMachine: "Microsoft.Compute/virtualMachines",
} as const;

/** ARM id of what a restore makes. */
export function restoredId(
  { vm, resourceGroup }: Pick<Restore, "vm" | "resourceGroup">,
  { role, name }: Pick<RestoredResource, "role" | "name">,
): string {
  const { subscriptionId } = vmNameOf(vm);
  return `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}/providers/${TYPES[role]}/${name}`;
}

export const operationOn = ({ vm }: Pick<Restore, "vm">, ulid: string): OperationId =>
  operationIdOf(vm, ulid);

/** What tells the names of one restore from those of all others: 40 random bits. */
export const shortIdOf = (id: OperationId): string => ulidOfOperation(id).slice(-8).toLowerCase();
