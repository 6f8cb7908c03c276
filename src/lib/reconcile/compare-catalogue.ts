/** Holds a collection of ours against the catalogue. Pure. */
import { isBeingDeleted } from "../fleet/deletion.ts";
import type { Point } from "../fleet/restore-point.ts";
import type { Copy } from "../fleet/restore-point-copy.ts";
import type { RestorePointReading } from "../operations/arm.ts";

/** A list may be a little behind what Azure has just made. */
const GRACE_MS = 10 * 60_000;

export interface Comparison<Row> {
  /** In Azure, and good; the catalogue has no row of them. */
  readonly unknown: readonly RestorePointReading[];
  /** Failed as far as the catalogue knows, and good in Azure. */
  readonly mended: readonly { readonly row: Row; readonly reading: RestorePointReading }[];
  /** Good as far as the catalogue knows, and not in Azure. */
  readonly missing: readonly Row[];
}

export function compareCatalogue<Row extends Point | Copy>(
  collectionId: string,
  rows: readonly Row[],
  readings: readonly RestorePointReading[],
  now: Date,
): Comparison<Row> {
  const isOld = (time: string | undefined): boolean =>
    time !== undefined && now.getTime() - Date.parse(time) >= GRACE_MS;
  const good = readings.filter(({ provisioningState }) => provisioningState === "Succeeded");
  const byId = new Map(rows.map((row) => [row.restorePointId.toLowerCase(), row]));
  const rowOf = ({ id }: RestorePointReading) => byId.get(id.toLowerCase());
  const inAzure = new Set(readings.map(({ id }) => id.toLowerCase()));
  return {
    // However new: its row is written before Azure is asked for it.
    unknown: good.filter((reading) => !rowOf(reading)),
    mended: good.flatMap((reading) => {
      const row = rowOf(reading);
      return row?.state === "Failed" && row.removedAt === undefined && !isBeingDeleted(row)
        ? [{ row, reading }]
        : [];
    }),
    missing: rows.filter(
      (row) =>
        isExpected(row) &&
        isOld(row.endedAt) &&
        !inAzure.has(row.restorePointId.toLowerCase()) &&
        isIn(row, collectionId),
    ),
  };
}

/** Whether Azure should have it. */
export const isExpected = (row: Point | Copy): boolean =>
  row.state === "Succeeded" && !isBeingDeleted(row);

const isIn = ({ restorePointId }: Point | Copy, collectionId: string): boolean =>
  restorePointId.toLowerCase().startsWith(`${collectionId.toLowerCase()}/`);
