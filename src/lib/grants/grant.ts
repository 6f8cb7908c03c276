/**
 * A grant: one holder may read one disk restore point up to an instant. Its moves are in `grant-moves.ts`.
 *
 *     Requested ──► Granting ──► Active ──► Revoking ──► Revoked
 *         │             └──────────┴────────────┘ └────► Failed: it never became Active
 *         └► Failed: nobody finished the request
 *
 * The record is written before Azure is asked for a SAS, so no SAS is unknown to it. The SAS itself is nowhere in it.
 */
import * as z from "zod";
import { pointDiskSchema } from "../fleet/restore-point.ts";
import { vmKeySchema } from "../fleet/vm-key.ts";
import { armProblemSchema } from "../operations/arm-problem.ts";
import { operationIdSchema } from "../operations/operation-id.ts";
import type { TableDefinition } from "../state/entity-table.ts";
import { grantIdSchema, grantKey, holderIdSchema } from "./grant-id.ts";

export const holderSchema = z.object({
  id: holderIdSchema,
  kind: z.enum(["person", "app"]),
  /** Whether a partner record says what it may do, and until when. */
  partner: z.boolean(),
});
export type Holder = z.infer<typeof holderSchema>;

/** A BeginGetAccess that may still take effect. */
const beginSchema = z.object({
  operation: operationIdSchema,
  /** Up to when the SAS was asked for. */
  until: z.iso.datetime(),
  /** Afterwards it has taken effect or never will. */
  settlesBy: z.iso.datetime(),
});

export const endCauseSchema = z.enum([
  "expired",
  "requested",
  "partnerChanged",
  "restorePointDeleted",
  /** Azure did not give the access, or the request was not finished. */
  "failed",
]);
export type EndCause = z.infer<typeof endCauseSchema>;

const endingSchema = z.object({
  cause: endCauseSchema,
  /** Who asked for it, and with which request. */
  by: z.object({ id: z.string(), kind: z.enum(["person", "app"]) }).optional(),
  correlationId: z.string().optional(),
  /** When it was to end, and since when it is ending. */
  at: z.iso.datetime(),
  since: z.iso.datetime(),
  /** The operation that ends it now, and the how-manieth it is. */
  operation: operationIdSchema,
  attempt: z.int().min(1),
  /** When that operation is to start; a message that comes earlier is another's. */
  notBefore: z.iso.datetime(),
  /** Whether no BeginGetAccess could take effect any more when the operation's last EndGetAccess was sent. */
  isLast: z.boolean(),
  /** Since when it is known to be late. */
  lateSince: z.iso.datetime().optional(),
});

/** A later request of the same holder, with reasons of its own. */
const extensionSchema = z.object({
  at: z.iso.datetime(),
  reason: z.string(),
  ticket: z.string().optional(),
  correlationId: z.string(),
});
export type Extension = z.infer<typeof extensionSchema>;

export const grantStateSchema = z.enum([
  ...(["Requested", "Granting", "Active"] as const),
  ...(["Revoking", "Revoked", "Failed"] as const),
]);

export const grantSchema = z.object({
  id: grantIdSchema,
  holder: holderSchema,
  vm: vmKeySchema,
  /** Name of the restore point. */
  point: z.string(),
  slot: z.string(),
  /** Of the copy; left out for the restore point itself. */
  region: z.string().optional(),
  disk: pointDiskSchema,
  /** ARM id. */
  diskRestorePointId: z.string(),
  /** Restore points of one disk in one region share a budget of SAS. */
  family: z.string(),
  /** What one request for several disks has in common. */
  group: operationIdSchema.optional(),
  reason: z.string(),
  ticket: z.string().optional(),
  /** Milliseconds. */
  requestedMs: z.int(),
  effectiveMs: z.int(),
  cappedBy: z.enum(["policy", "partner", "Azure"]).optional(),
  state: grantStateSchema,
  requestedAt: z.iso.datetime(),
  activeSince: z.iso.datetime().optional(),
  /** The operation that made it Active; later ones extend it. */
  activeBy: operationIdSchema.optional(),
  expiresAt: z.iso.datetime(),
  /** The newest operation that asks Azure for access. */
  operation: operationIdSchema,
  /** Whether that one is not done yet: there is one at a time. */
  isAsking: z.boolean(),
  /** Rises with each extension. */
  extensions: z.int(),
  lastExtension: extensionSchema.optional(),
  /** When Azure had refused the last one. */
  withdrawnAt: z.iso.datetime().optional(),
  begin: beginSchema.optional(),
  /** Until then an earlier BeginGetAccess, whose answer was lost, may take effect. */
  strayUntil: z.iso.datetime().optional(),
  /** Up to when Azure has the SAS. */
  sasUntil: z.iso.datetime().optional(),
  /** Where ARM tells the SAS to whoever has our token. It holds no secret. */
  resultUrl: z.string().optional(),
  readings: z.int(),
  /** Of the newest readings; the audit log has all. */
  readAt: z.array(z.iso.datetime()),
  ending: endingSchema.optional(),
  revokedAt: z.iso.datetime().optional(),
  /** From when it was to end to when that was confirmed, in milliseconds. */
  lagMs: z.int().optional(),
  error: armProblemSchema.optional(),
  /** Of the request that it came from. */
  correlationId: z.string(),
});
export type Grant = z.infer<typeof grantSchema>;

export const grantTable: TableDefinition<Grant> = {
  name: "grants",
  schema: grantSchema,
  keyOf: ({ id }) => grantKey(id),
};

/** An end that is not confirmed by then is late, and somebody is told. */
export const LATE_AFTER_MS = 60_000;

export const isOver = ({ state }: Grant): boolean => state === "Revoked" || state === "Failed";

/** Whether it is meant to open the disk: now, or as soon as Azure does. */
export const isLive = ({ state }: Grant): boolean => state === "Granting" || state === "Active";
