/**
 * The audit log holds each entry in full under its day, its holder and its disk: tables list by key only, and what
 * happened to whom has to be found without reading everything. Within a partition the oldest comes first.
 */
import * as z from "zod";
import type { TableDefinition } from "../state/entity-table.ts";
import { type AuditDisk, type AuditEntry, storedEntrySchema } from "./audit-entry.ts";

const auditRowSchema = z.object({ ...storedEntrySchema.shape, partition: z.string() });
export type AuditRow = z.infer<typeof auditRowSchema>;

export const auditTable: TableDefinition<AuditRow> = {
  name: "audit",
  schema: auditRowSchema,
  keyOf: ({ partition, at, id }) => ({ partitionKey: partition, rowKey: `${at}~${id}` }),
};

/** `at` is an ISO instant in UTC. */
export const dayPartition = (at: string): string => `day~${at.slice(0, "yyyy-mm-dd".length)}`;

/** A GUID is one and the same in any casing; other ids are not. */
export const holderPartition = (holder: string): string =>
  `holder~${GUID.test(holder) ? holder.toLowerCase() : holder}`;
const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export const diskPartition = ({ vm, region = "local", disk }: AuditDisk): string =>
  `disk~${vm}~${region}~${disk.toLowerCase()}`;

/** The rows of an entry. The one of its day comes first: every entry has it. */
export function rowsOf(entry: AuditEntry): AuditRow[] {
  const { at, holder, vm, region, disk } = entry;
  const partitions = [
    dayPartition(at),
    ...(holder === undefined ? [] : [holderPartition(holder)]),
    ...(vm === undefined || disk === undefined ? [] : [diskPartition({ vm, region, disk })]),
  ];
  return partitions.map((partition) => ({ ...entry, partition }));
}
