/**
 * What operators are told: CloudEvents, whose ids derive from what has happened, so that each of them is the same
 * however often it is published. `docs/notifications.md` says when there is which.
 */
import * as z from "zod";
import { vmKeySchema } from "../fleet/vm-key.ts";
import { endCauseSchema, holderSchema } from "../grants/grant.ts";
import { grantIdSchema } from "../grants/grant-id.ts";
import { armProblemSchema } from "../operations/arm-problem.ts";
import { operationIdSchema } from "../operations/operation-id.ts";

export const SOURCE = "/vm-restore-points";

const told = <Name extends string, Data extends z.ZodType>(name: Name, data: Data) =>
  z.object({
    id: z.string(),
    source: z.literal(SOURCE),
    type: z.literal(`VmRestorePoints.${name}`),
    /** ARM id of the VM, in lower case but for its fixed words. */
    subject: z.string(),
    /** When it happened. */
    time: z.iso.datetime(),
    data,
  });

const pointData = z.object({
  vm: vmKeySchema,
  restorePoint: z.string(),
  /** ARM id; of the copy where it is about one. */
  restorePointId: z.string(),
  slot: z.string(),
  operation: operationIdSchema,
});

const copyData = pointData.extend({ region: z.string() });

const grantData = z.object({
  grant: grantIdSchema,
  holder: holderSchema.pick({ id: true, kind: true }),
  vm: vmKeySchema,
  restorePoint: z.string(),
  region: z.string().optional(),
  disk: z.string(),
  diskRestorePointId: z.string(),
  expiresAt: z.iso.datetime(),
});

const endedGrantData = grantData.extend({
  cause: endCauseSchema,
  /** When it was to end. */
  endedAt: z.iso.datetime(),
});

const restoreData = z.object({
  vm: vmKeySchema,
  /** What it was restored from. */
  restorePoint: z.string(),
  region: z.string().optional(),
  kind: z.enum(["disks", "vm"]),
  /** Of the restore. */
  operation: operationIdSchema,
  /** ARM ids of what there is of it now. */
  resources: z.array(z.string()),
});

export const notificationSchema = z.discriminatedUnion("type", [
  told("RestorePointCreated", pointData.extend({ consistencyMode: z.string().optional() })),
  told(
    "RestorePointFailed",
    // A slot that leaves out every disk fails before anything is asked of Azure.
    pointData.partial({ restorePointId: true, operation: true }).extend({
      error: armProblemSchema,
      /** When its slot is tried again; absent: it is not. */
      nextAttemptAt: z.iso.datetime().optional(),
    }),
  ),
  told(
    "RestorePointDeleted",
    pointData.extend({ region: z.string().optional(), reason: z.string() }),
  ),
  told("CopyCompleted", copyData),
  told("CopyFailed", copyData.extend({ error: armProblemSchema })),
  told(
    "RpoBreached",
    z.object({
      vm: vmKeySchema,
      policies: z.array(z.string()),
      /** ISO 8601 duration. */
      rpoTarget: z.string(),
      /** Absent: there has been none. */
      lastGoodPoint: z.object({ name: z.string(), at: z.iso.datetime() }).optional(),
      reason: z.string().optional(),
    }),
  ),
  told("GrantIssued", grantData.extend({ activeSince: z.iso.datetime() })),
  told(
    "GrantRevoked",
    endedGrantData.extend({ revokedAt: z.iso.datetime(), lagSeconds: z.number() }),
  ),
  told("GrantLate", endedGrantData),
  told("RestoreCompleted", restoreData),
  told("RestoreFailed", restoreData.extend({ error: armProblemSchema })),
]);
export type Notification = z.infer<typeof notificationSchema>;
