/** What each kind of operation asks of ARM. */
import * as z from "zod";
import { grantIdSchema } from "../grants/grant-id.ts";
import { operationIdSchema } from "./operation-id.ts";

const collectionSchema = z.object({
  id: z.string(),
  location: z.string(),
  /** The VM's id; for copies the id of the collection that they come from. */
  sourceId: z.string(),
});

export const createRequestSchema = z.object({
  collection: collectionSchema,
  /** Whether the collection may be missing yet. */
  createCollection: z.boolean(),
  consistencyMode: z.literal("CrashConsistent").optional(),
  excludeDiskIds: z.array(z.string()),
  /** The disks that are in, so that one named in an error can be left out of the next attempt. */
  disks: z.array(z.object({ id: z.string(), name: z.string(), lun: z.int().optional() })),
  /** The VM's network interface whose place is not on record yet: once the VM is gone, nothing else tells it. */
  networkInterfaceId: z.string().optional(),
});

export const copyRequestSchema = z.object({
  collection: collectionSchema,
  createCollection: z.boolean(),
  sourceRestorePointId: z.string(),
});

export const deleteRequestSchema = z.object({
  location: z.string(),
  /** Only what failed is to go: a restore point that Azure made after all stays. */
  onlyIfFailed: z.boolean().optional(),
  /** Whoever may read one of its disks loses that; otherwise it waits. */
  endsGrants: z.boolean().optional(),
});

/** Of all steps of a restore, whose row says everything else. */
export const restoreStepSchema = z.object({ restore: operationIdSchema });

/** Of both kinds: access is granted, and ended, for a grant. */
export const accessRequestSchema = z.object({ grant: grantIdSchema });
