/**
 * When a grant is looked after although nothing tells of it: shortly after its request, at its expiry, every minute while
 * it is being revoked, and when its record is to be forgotten. The partition is the minute, so that a sweep reads what is
 * due and nothing else; what is over is apart, so that all other rows are of grants that are not.
 */
import * as z from "zod";
import type { KeyRange, TableDefinition } from "../state/entity-table.ts";
import { type GrantId, grantIdSchema } from "./grant-id.ts";

const grantDueSchema = z.object({
  grant: grantIdSchema,
  minute: z.string(),
  /** The grant is over: its record is kept until then. */
  over: z.boolean().optional(),
});
export type GrantDue = z.infer<typeof grantDueSchema>;

const minuteOf = (at: Date): string => at.toISOString().slice(0, 16);

/** A row at the first whole minute after `at`. */
export const grantDueAt = (grant: GrantId, at: Date): GrantDue => ({
  grant,
  minute: minuteOf(new Date(Math.floor(at.getTime() / 60_000 + 1) * 60_000)),
});

/** The same for a grant that is over. */
export const grantForgottenAt = (grant: GrantId, at: Date): GrantDue => ({
  ...grantDueAt(grant, at),
  over: true,
});

export const grantsDueUntil = (now: Date): KeyRange => ({
  partitionFrom: "grant-",
  partitionTo: `grant-${minuteOf(now)}`,
});

export const grantsForgottenUntil = (now: Date): KeyRange => ({
  partitionFrom: "over-",
  partitionTo: `over-${minuteOf(now)}`,
});

/** Of every grant that still holds its disk. */
export const allGrantsDue: KeyRange = { partitionFrom: "grant-", partitionTo: "grant-~" };

export const grantDueTable: TableDefinition<GrantDue> = {
  name: "grantdue",
  schema: grantDueSchema,
  keyOf: ({ grant, minute, over }) => ({
    partitionKey: `${over ? "over" : "grant"}-${minute}`,
    rowKey: grant,
  }),
};
