/** A hold is on a restore point and on all its copies together: the rows that it is about. */
import { pointWithCopies } from "../fleet/point-with-copies.ts";
import { type LegalHold, type Point, pointKey } from "../fleet/restore-point.ts";
import { type Copy, copyTable } from "../fleet/restore-point-copy.ts";
import type { VmKey } from "../fleet/vm-key.ts";
import { changeRecord } from "../state/change-record.ts";
import type { Tables } from "../state/tables.ts";

export interface HeldRowsDeps {
  readonly tables: Pick<Tables, "points" | "copies">;
}

/** What a hold is placed on. */
export interface HoldTarget {
  readonly vm: VmKey;
  /** Name of the restore point. */
  readonly point: string;
}

/** The restore point first; empty when Azure has neither it nor a copy. */
export async function rowsOf(
  { tables }: HeldRowsDeps,
  { vm, point }: HoldTarget,
): Promise<(Point | Copy)[]> {
  const found = await pointWithCopies(tables, vm, point);
  const rows = found ? [...(found.point ? [found.point] : []), ...found.copies] : [];
  return rows.filter(({ state }) => state !== "Failed");
}

type Decide = (current: Point | Copy) => LegalHold | undefined | "asIs";

/**
 * `hold` says what the hold on each row shall be, given the row as it is then; "asIs" leaves it alone. The copies are
 * listed only after the restore point was written: one that is recorded later looks at the restore point.
 */
export async function changeHolds(
  { tables }: HeldRowsDeps,
  target: HoldTarget,
  hold: Decide,
): Promise<(Point | Copy)[]> {
  const key = pointKey(target.vm, target.point);
  const point = await changeRecord(tables.points, key, (row) => changed(row, hold));
  const after: (Point | Copy)[] = point && point.state !== "Failed" ? [point] : [];
  for (const row of await rowsOf({ tables }, target)) {
    if (!("region" in row)) continue;
    const copy = await changeRecord(tables.copies, copyTable.keyOf(row), (current) =>
      changed(current, hold),
    );
    if (copy) after.push(copy);
  }
  return after;
}

function changed<T extends Point | Copy>(current: T, hold: Decide): T | undefined {
  if (current.state === "Failed") return undefined;
  const legalHold = hold(current);
  return legalHold === "asIs" ? undefined : { ...current, legalHold };
}
