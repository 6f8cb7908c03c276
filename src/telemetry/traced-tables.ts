/**
 * Slots and operations keep the trace that they began in, so that whoever goes on with them later goes on with it: a
 * slot that waits for another's restore point, a sweep that finds a lost message.
 */
import type { OpenSlot, Protection } from "../lib/fleet/protection.ts";
import type { EntityTable } from "../lib/state/entity-table.ts";
import type { Tables } from "../lib/state/tables.ts";
import { activeTraceparent } from "./active-span.ts";

export const tracedTables = (tables: Tables): Tables => ({
  ...tables,
  protections: written(tables.protections, withSlotTraces),
  operations: written(tables.operations, (operation) => withTrace(operation)),
});

function withSlotTraces(protection: Protection): Protection {
  const { openSlots } = protection;
  return openSlots.every(({ trace }) => trace !== undefined)
    ? protection
    : { ...protection, openSlots: openSlots.map((slot): OpenSlot => withTrace(slot)) };
}

function withTrace<T extends { readonly trace?: string | undefined }>(record: T): T {
  const trace = record.trace ?? activeTraceparent();
  return trace === undefined ? record : { ...record, trace };
}

/** A table whose records pass through `change` on their way in. */
const written = <T>(table: EntityTable<T>, change: (record: T) => T): EntityTable<T> => ({
  get: (key) => table.get(key),
  insert: (record) => table.insert(change(record)),
  replace: (record, etag) => table.replace(change(record), etag),
  upsert: (record) => table.upsert(change(record)),
  remove: (key, etag) => table.remove(key, etag),
  list: (range, page) => table.list(range, page),
});
