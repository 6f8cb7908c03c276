/**
 * VMs that must be planned at a minute to come. The partition is the minute, so a tick reads one range of keys,
 * from the beginning of time up to now: what was sent is deleted, so only what is due is there, however large the
 * fleet is and however many minutes a timer missed.
 */
import { z } from "zod";
import { type VmKey, vmKeySchema } from "../fleet/vm-key.ts";
import type { KeyRange, TableDefinition } from "../state/entity-table.ts";

const dueSchema = z.object({ vm: vmKeySchema, minute: z.string() });
export type Due = z.infer<typeof dueSchema>;

const PREFIX = "slot-";

/** A row at the first whole minute that is not before `at`. */
export const dueAt = (vm: VmKey, at: Date): Due => ({
  vm,
  minute: minuteOf(new Date(Math.ceil(at.getTime() / 60_000) * 60_000)),
});

export const dueUntil = (now: Date): KeyRange => ({
  partitionFrom: PREFIX,
  partitionTo: `${PREFIX}${minuteOf(now)}`,
});

const minuteOf = (at: Date): string => at.toISOString().slice(0, 16);

export const dueTable: TableDefinition<Due> = {
  name: "due",
  schema: dueSchema,
  keyOf: ({ vm, minute }) => ({ partitionKey: `${PREFIX}${minute}`, rowKey: vm }),
};
