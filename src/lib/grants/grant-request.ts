/** What is asked for with a grant. */
import * as z from "zod";
import { diskNameSchema } from "../audit/audit-entry.ts";
import { looksLikeSecret } from "../audit/looks-like-secret.ts";
import { NO_SECRET, writtenText } from "../audit/written-text.ts";
import { LONGEST_VM_KEY, vmKeySchema } from "../fleet/vm-key.ts";
import { durationSchema } from "../policy/duration.ts";

const HOUR = 3_600_000;
const MINUTE = 60_000;

export const grantRequestSchema = z.strictObject({
  vm: z.string().max(LONGEST_VM_KEY).toLowerCase().pipe(vmKeySchema),
  /** Name of the restore point. */
  restorePoint: z
    .string()
    .regex(/^[\w-]{1,80}$/, { error: "expected the name of a restore point" }),
  /** Of the copy that is to be read; left out for the restore point itself. */
  region: z
    .string()
    .regex(/^[a-z0-9]{2,40}$/, { error: "expected the name of an Azure region" })
    .optional(),
  /** Name of the disk; left out for all of them, each with a grant of its own. */
  disk: diskNameSchema.refine((text) => !looksLikeSecret(text), { error: NO_SECRET }).optional(),
  /** Why, for the audit log. */
  reason: writtenText(500),
  /** Whatever the holder's own system calls it. */
  ticket: writtenText(100).optional(),
  /** ISO 8601, from now on; what is allowed may be less. */
  duration: durationSchema
    .refine((ms) => ms >= MINUTE, { error: "expected at least PT1M" })
    .default(HOUR),
});
export type GrantRequest = z.infer<typeof grantRequestSchema>;
