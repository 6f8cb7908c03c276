/** Rows whose keys are ULIDs, by time: a ULID begins with its millisecond. */
import { encodeTime } from "ulid";
import type { KeyRange } from "./entity-table.ts";

const TIME_LENGTH = 10;
const LATEST_TIME = 2 ** 48 - 1;

/** The first ULID that there could be at a time, without what makes it one. */
const startOf = (time: number): string =>
  encodeTime(Math.min(LATEST_TIME, Math.max(0, time)), TIME_LENGTH);

/** From the first time on, before the second one; both in milliseconds. */
export const ulidsBetween = (
  from: number | undefined,
  to: number | undefined,
): Pick<KeyRange, "rowFrom" | "rowTo"> => ({
  ...(from === undefined ? {} : { rowFrom: startOf(from) }),
  ...(to === undefined ? {} : { rowTo: startOf(to) }),
});

/** A record can be made a while after its id, by a process that took over, and by another clock. */
const LATE_MS = 3_600_000;

/**
 * Those rows of a range that may be about what happened in some time; each has still to be looked at. Across
 * partitions a bound on rows would have the service read all the same, and not say how far it has come.
 */
export function narrowed(range: KeyRange, from: Date | undefined, to: Date | undefined): KeyRange {
  if (range.partitionFrom === undefined || range.partitionFrom !== range.partitionTo) return range;
  const [earliest, latest] = [from && from.getTime() - LATE_MS, to && to.getTime() + LATE_MS];
  return { ...range, ...ulidsBetween(earliest, latest) };
}
