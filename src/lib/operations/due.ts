/**
 * VMs that must be planned at a minute to come: `slot` for the restore point that is due, `points` for what becomes
 * of those that are there. The partition is the minute, so a tick reads one range of keys,
 * from the beginning of time up to now: what was sent is deleted, so only what is due is there, however large the
 * fleet is and however many minutes a timer missed.
 */
import * as z from "zod";
import { type VmKey, vmKeySchema } from "../fleet/vm-key.ts";
import type { KeyRange, TableDefinition } from "../state/entity-table.ts";

const dueKindSchema = z.enum(["slot", "points"]);
type DueKind = z.infer<typeof dueKindSchema>;

const dueSchema = z.object({ vm: vmKeySchema, minute: z.string(), kind: dueKindSchema });
export type Due = z.infer<typeof dueSchema>;

/** A row at the first whole minute that is not before `at`. */
export const dueAt = (vm: VmKey, at: Date, kind: DueKind = "slot"): Due => ({
  vm,
  kind,
  minute: minuteOf(new Date(Math.ceil(at.getTime() / 60_000) * 60_000)),
});

export const dueUntil = (now: Date, kind: DueKind = "slot"): KeyRange => ({
  partitionFrom: `${kind}-`,
  partitionTo: `${kind}-${minuteOf(now)}`,
});

const minuteOf = (at: Date): string => at.toISOString().slice(0, 16);

export const dueTable: TableDefinition<Due> = {
  name: "due",
  schema: dueSchema,
  keyOf: ({ vm, minute, kind }) => ({ partitionKey: `${kind}-${minute}`, rowKey: vm }),
};
