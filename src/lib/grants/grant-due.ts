/**
 * When a grant is looked after although nothing tells of it: shortly after its request, at its expiry, and every minute
 * while it is being revoked. The partition is the minute, so that a sweep reads what is due and nothing else.
 */
import * as z from "zod";
import type { KeyRange, TableDefinition } from "../state/entity-table.ts";
import { type GrantId, grantIdSchema } from "./grant-id.ts";

const grantDueSchema = z.object({ grant: grantIdSchema, minute: z.string() });
export type GrantDue = z.infer<typeof grantDueSchema>;

const minuteOf = (at: Date): string => at.toISOString().slice(0, 16);

/** A row at the first whole minute after `at`. */
export const grantDueAt = (grant: GrantId, at: Date): GrantDue => ({
  grant,
  minute: minuteOf(new Date(Math.floor(at.getTime() / 60_000 + 1) * 60_000)),
});

export const grantsDueUntil = (now: Date): KeyRange => ({
  partitionFrom: "grant-",
  partitionTo: `grant-${minuteOf(now)}`,
});

export const grantDueTable: TableDefinition<GrantDue> = {
  name: "grantdue",
  schema: grantDueSchema,
  keyOf: ({ grant, minute }) => ({ partitionKey: `grant-${minute}`, rowKey: grant }),
};
