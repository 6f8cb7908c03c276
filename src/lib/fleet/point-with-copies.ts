import { allIn } from "../state/entity-table.ts";
import type { Tables } from "../state/tables.ts";
import { type Point, pointKey } from "./restore-point.ts";
import { type Copy, copiesOf } from "./restore-point-copy.ts";
import type { VmKey } from "./vm-key.ts";

export interface PointWithCopies {
  /** A copy outlives the restore point that it was made from. */
  readonly point: Point | undefined;
  readonly copies: readonly Copy[];
}

/** A restore point wherever it is; undefined when it is nowhere. */
export async function pointWithCopies(
  tables: Pick<Tables, "points" | "copies">,
  vm: VmKey,
  name: string,
): Promise<PointWithCopies | undefined> {
  const point = (await tables.points.get(pointKey(vm, name)))?.record;
  // They are kept by region first: those of all the VM's restore points are one query, seldom more.
  const copies = (await allIn(tables.copies, copiesOf(vm))).filter((copy) => copy.point === name);
  return point === undefined && copies.length === 0 ? undefined : { point, copies };
}
