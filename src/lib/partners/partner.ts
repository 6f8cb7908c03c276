/**
 * A partner: a backup vendor whose app calls the API with a token of its own and sees its scope only. The record is read
 * by this schema, which is wider than what may be written: limits that are tightened later refuse new records and
 * lock out nobody who is there.
 */
import * as z from "zod";
import type { EntityKey, TableDefinition } from "../state/entity-table.ts";
import { scopeEntrySchema } from "./scope.ts";

/** The client id of the partner's app, as `azp` or `appid` of its tokens. Becomes lower case. */
export const partnerIdSchema = z
  .guid({ error: "expected the client id of an app, which is a GUID" })
  .toLowerCase();

export const partnerVerbSchema = z.enum([
  "read",
  "createRestorePoints",
  "deleteRestorePoints",
  "grants",
  "restores",
]);
export type PartnerVerb = z.infer<typeof partnerVerbSchema>;

export const partnerStateSchema = z.enum(["enabled", "disabled"]);

/** Ten requests a second, and six seconds' worth of them at once. */
export const usualRateLimit = { requestsPerMinute: 600, burst: 60 } as const;

export const partnerSchema = z.object({
  id: z.string(),
  name: z.string(),
  /** Whom to call when something is wrong. */
  contact: z.string(),
  state: partnerStateSchema,
  scope: z.array(scopeEntrySchema),
  verbs: z.array(partnerVerbSchema),
  /** How long one grant may last, an ISO 8601 duration, and how many may be open at once. */
  grants: z.object({ longest: z.string(), mostActive: z.int() }),
  /** Of requests to one instance of the app. Records from before there were limits have the usual ones. */
  rateLimit: z
    .object({ requestsPerMinute: z.int().min(1), burst: z.int().min(1) })
    .default(usualRateLimit),
  /** Rises with every change, and is the ETag. */
  generation: z.int().min(1),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
  disabledAt: z.iso.datetime().optional(),
  /** The caller who disabled or deleted it. */
  disabledBy: z.string().optional(),
  /** A deleted partner stays as a row, disabled: the generation of one that comes back goes on from there. */
  deletedAt: z.iso.datetime().optional(),
});
export type Partner = z.infer<typeof partnerSchema>;

export const PARTNER_PARTITION = "partner";

export const partnerKey = (id: string): EntityKey => ({
  partitionKey: PARTNER_PARTITION,
  rowKey: id,
});

export const partnerTable: TableDefinition<Partner> = {
  name: "partners",
  schema: partnerSchema,
  keyOf: ({ id }) => partnerKey(id),
};

/** A deleted partner is none to everybody but the writer of the next record. */
export const notDeleted = (row: Partner | undefined): Partner | undefined =>
  row?.deletedAt === undefined ? row : undefined;
