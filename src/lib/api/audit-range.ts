/** What a request asks of the audit log, as a range of the table. */
import { z } from "zod";
import { auditDiskSchema, holderSchema } from "../audit/audit-entry.ts";
import { dayPartition, diskPartition, holderPartition } from "../audit/audit-table.ts";
import { type KeyRange, partition } from "../state/entity-table.ts";
import { invalidParameters, type WrongParameter } from "./api-error.ts";

const MOST_DAYS = 31;
const DAY_MS = 86_400_000;

const instantSchema = z.iso
  .datetime({ offset: true, error: "expected an instant, as in 2026-01-31T10:00:00Z" })
  .transform((text) => new Date(text));

const lowerCase = z.string().toLowerCase();
const { vm, region, disk } = auditDiskSchema.shape;

const querySchema = z.object({
  holder: holderSchema.optional(),
  vm: lowerCase.pipe(vm).optional(),
  region: lowerCase.pipe(region.unwrap()).optional(),
  disk: disk.optional(),
  /** Included. */
  from: instantSchema.optional(),
  /** Not included, so that adjoining ranges have no entry twice. */
  to: instantSchema.optional(),
});
type AuditQuery = z.infer<typeof querySchema>;

/** Throws 400 that names each parameter that is wrong, missing or one too many. */
export function auditRange(parameters: URLSearchParams): KeyRange {
  const parsed = querySchema.safeParse(Object.fromEntries(parameters));
  if (!parsed.success) {
    throw invalidParameters(parsed.error.issues.map(({ path, message }) => [path.join(), message]));
  }
  const query = parsed.data;
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
