/** What a request asks of the audit log, as a range of the table. */
import * as z from "zod";
import { auditDiskSchema, holderSchema } from "../audit/audit-entry.ts";
import { dayPartition, diskPartition, holderPartition } from "../audit/audit-table.ts";
import { LONGEST_VM_KEY } from "../fleet/vm-key.ts";
import { type KeyRange, partition } from "../state/entity-table.ts";
import { invalidParameters, type WrongParameter } from "./api-error.ts";
import { inAnyCase } from "./shapes/text.ts";
import { timeQuery } from "./shapes/time-range.ts";

const MOST_DAYS = 31;
const DAY_MS = 86_400_000;

const { vm, region, disk } = auditDiskSchema.shape;

/** The parameters beside those of every list. */
export const auditQuerySchema = z.strictObject({
  holder: holderSchema.optional().meta({ description: "Whose access it is about." }),
  vm: inAnyCase(LONGEST_VM_KEY).pipe(vm).optional().meta({ description: "Goes with `disk`." }),
  region: inAnyCase(60)
    .pipe(region.unwrap())
    .optional()
    .meta({ description: "Of the copy that the disk is in." }),
  disk: disk.optional().meta({ description: "Name of the disk; goes with `vm`." }),
  ...timeQuery("at"),
});
type AuditQuery = z.infer<typeof auditQuerySchema>;

/** Throws 400 that names each parameter that is missing, one too many, or out of range. */
export function auditRange(query: AuditQuery): KeyRange {
  const wrong = [...wrongSubject(query), ...wrongTime(query)];
  if (wrong.length > 0) throw invalidParameters(wrong);
  const { from, to } = query;
  return {
    ...partitionsOf(query),
    // A row key begins with its instant, so it comes after that instant alone.
    ...(from && { rowFrom: from.toISOString() }),
    ...(to && { rowTo: to.toISOString() }),
  };
}

function wrongSubject({ holder, vm, region, disk }: AuditQuery): WrongParameter[] {
  const about = Object.entries({ vm, disk, region }).filter(([, value]) => value !== undefined);
  if (holder !== undefined) return about.map(([name]) => [name, "cannot go with holder"]);
  if (about.length === 0) return [];
  return Object.entries({ vm, disk })
    .filter(([, value]) => value === undefined)
    .map(([name]) => [name, "is required; a disk is asked for by vm and disk"]);
}

function wrongTime({ holder, vm, region, disk, from, to }: AuditQuery): WrongParameter[] {
  if (from && to && from >= to) return [["from", "expected an instant before to"]];
  if (holder ?? vm ?? region ?? disk) return [];
  if (from && to) {
    const isLong = to.getTime() - from.getTime() > MOST_DAYS * DAY_MS;
    return isLong ? [["to", `expected at most ${MOST_DAYS} days after from`]] : [];
  }
  return Object.entries({ from, to })
    .filter(([, value]) => value === undefined)
    .map(([name]) => [name, "is required unless holder, or vm and disk, are given"]);
}

function partitionsOf({ holder, vm, region, disk, from, to }: AuditQuery): KeyRange {
  if (holder !== undefined) return partition(holderPartition(holder));
  if (vm !== undefined && disk !== undefined) return partition(diskPartition({ vm, region, disk }));
  if (from === undefined || to === undefined) throw new Error("A range of days has two ends.");
  return {
    partitionFrom: dayPartition(from.toISOString()),
    partitionTo: dayPartition(to.toISOString()),
  };
}
