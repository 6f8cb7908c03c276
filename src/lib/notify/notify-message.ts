/** What travels on the queue of notifications: the ids by which the record that says so is read again. */
import * as z from "zod";
import { vmKeySchema } from "../fleet/vm-key.ts";
import { grantIdSchema } from "../grants/grant-id.ts";
import { operationIdSchema } from "../operations/operation-id.ts";

/** How often it has come back from the poison queue. */
const again = z.int().min(1).optional();

const noticeSchema = z.discriminatedUnion("of", [
  z.object({ of: z.literal("operation"), operation: operationIdSchema, again }),
  z.object({
    ...{ of: z.literal("grant"), grant: grantIdSchema, again },
    happened: z.enum(["issued", "revoked", "late"]),
  }),
  z.object({ of: z.literal("restore"), restore: operationIdSchema, again }),
  /** A slot was closed without an attempt; it is named by the restore point that was not made. */
  z.object({ of: z.literal("slot"), vm: vmKeySchema, point: z.string(), again }),
  /** A VM has missed its RPO since then, which tells one breach from the next. */
  z.object({ of: z.literal("breach"), vm: vmKeySchema, since: z.iso.datetime(), again }),
]);
/** That something has happened which operators want to know. */
export type Notice = z.infer<typeof noticeSchema>;

export const notifyMessageSchema = z.discriminatedUnion("of", [
  noticeSchema,
  /** Whether VMs miss their RPO: a page of the fleet, the first one without a continuation. */
  z.object({
    of: z.literal("fleet"),
    continuation: z.string().optional(),
    /** On the pages before. */
    breaches: z.int().min(0).optional(),
    again,
  }),
]);
export type NotifyMessage = z.infer<typeof notifyMessageSchema>;
