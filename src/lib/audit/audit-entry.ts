/** One entry of the audit log: who did what about a restore point or access to its disks, when and why. Never a SAS. */
import * as z from "zod";
import { vmKeySchema } from "../fleet/vm-key.ts";
import { looksLikeSecret } from "./looks-like-secret.ts";

/** What the keys of Azure Tables allow, and `~` parts them. A key holds 512 characters. */
export const diskNameSchema = z.string().regex(/^[^~/\\#?%\p{Cc}\p{Cs}]{1,80}$/u, {
  error: "expected the name of a disk",
});
const idSchema = z.string().regex(/^[^/\\#?%\p{Cc}\p{Cs}]{1,400}$/u);

/** Object id of a person, client id of an app, or the like. */
export const holderSchema = z.string().regex(/^[\w.@-]{1,128}$/, {
  error: "expected the id of a person or an app",
});
export const auditDiskSchema = z.object({
  vm: vmKeySchema,
  /** As in `westeurope`: where the copy is. Absent for the restore point in the VM's own region. */
  region: z
    .string()
    .regex(/^[a-z0-9-]{1,60}$/, { error: "expected the name of an Azure region, as in westeurope" })
    .optional(),
  /** Name of the disk, in any casing. */
  disk: diskNameSchema,
});
export type AuditDisk = z.infer<typeof auditDiskSchema>;

export const actorSchema = z.object({
  id: z.string().min(1).max(400),
  kind: z.enum(["person", "app", "system"]),
});
/** Who does something. */
export type Actor = z.infer<typeof actorSchema>;

const text = (most: number) => z.string().max(most).optional();

/** What the table holds, so that rules about new entries may be tightened later without making old ones unreadable. */
export const storedEntrySchema = z.object({
  /** Made by the writer, the same whenever a step is repeated: `<grant id>!requested`. */
  id: idSchema,
  /** From the writer's own record, never from the clock: a step that is repeated has to say the same instant again. */
  at: z.iso.datetime({ precision: 3, error: "expected an instant in UTC with milliseconds" }),
  action: z.enum([
    "grantRequested",
    "grantRefused",
    "grantIssued",
    "grantExtended",
    "extensionFailed",
    "accessRead",
    "accessRefused",
    "changesRead",
    "grantEnding",
    "grantRevoked",
    "grantFailed",
    "revocationLate",
    "partnerChanged",
    "pointRequested",
    "copyRequested",
    "deletionRequested",
    "restoreRequested",
    "restoreSucceeded",
    "restoreFailed",
    "holdRequested",
    "holdPlaced",
    "holdLifted",
  ]),
  /** Who did it. */
  actor: actorSchema,
  /** Whose access it is about. */
  holder: holderSchema.optional(),
  ...auditDiskSchema.partial().shape,
  /** Name of the restore point. */
  point: text(200),
  /** ARM id. */
  diskRestorePointId: text(1000),
  /** Id of the grant, and of the group of grants that were asked for at once. */
  grant: text(400),
  group: text(400),
  /** As the one who asked wrote it. */
  reason: text(1000),
  ticket: text(200),
  /** Of a refusal or a failure. */
  code: text(200),
  message: text(8000),
  expiresAt: z.iso.datetime().optional(),
  /** How much later than due. */
  lagMs: z.number().optional(),
  /** The request's `x-ms-request-id`, or the id of the operation. */
  correlationId: z.string().min(1).max(400),
});

/** Refuses an entry that holds what looks like a SAS, a token or a key. Its errors name the field, never the value. */
export const auditEntrySchema = storedEntrySchema.superRefine((entry, context) => {
  for (const [field, value] of Object.entries({ ...entry, actor: entry.actor.id })) {
    if (typeof value !== "string" || !looksLikeSecret(value)) continue;
    context.addIssue({ code: "custom", path: [field], message: "looks like a secret" });
  }
  if (entry.disk === undefined || entry.vm !== undefined) return;
  context.addIssue({ code: "custom", path: ["vm"], message: "is required with a disk" });
});
export type AuditEntry = z.infer<typeof auditEntrySchema>;
