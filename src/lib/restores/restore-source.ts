/** What a restore is made from: the restore point or one of its copies, and the VM as it was recorded with it. */
import { isBeingDeleted } from "../fleet/deletion.ts";
import type { RecordedVms } from "../fleet/recorded-vm.ts";
import { type Point, pointKey } from "../fleet/restore-point.ts";
import { type Copy, copyKey } from "../fleet/restore-point-copy.ts";
import type { VmKey } from "../fleet/vm-key.ts";
import type { Tables } from "../state/tables.ts";
import { type RecordedModel, recordedModelSchema } from "./vm-request.ts";

export interface RestoreSource {
  readonly row: Point | Copy;
  /** Absent: it was not recorded, or is not to be read. */
  readonly model: RecordedModel | undefined;
}

export interface SourceDeps {
  readonly tables: Pick<Tables, "points" | "copies">;
  readonly recordedVms: Pick<RecordedVms, "get">;
}

interface SourceName {
  readonly vm: VmKey;
  readonly point: string;
  readonly region?: string | undefined;
}

/** Undefined: there is no such restore point, or no copy of it in that region. */
export async function sourceOf(
  { tables, recordedVms }: SourceDeps,
  name: SourceName,
): Promise<RestoreSource | undefined> {
  const row = await rowOf({ tables }, name);
  if (row === undefined) return undefined;
  const recorded = await recordedVms.get(name.vm, name.point);
  return { row, model: recordedModelSchema.safeParse(recorded?.model).data };
}

async function rowOf(
  { tables }: Pick<SourceDeps, "tables">,
  { vm, point, region }: SourceName,
): Promise<Point | Copy | undefined> {
  const stored =
    region === undefined
      ? await tables.points.get(pointKey(vm, point))
      : await tables.copies.get(copyKey(vm, region, point));
  return stored?.record;
}

/** Whether it is about to be deleted, asked once more after a restore is on record. */
export async function isOnItsWayOut(deps: Pick<SourceDeps, "tables">, name: SourceName) {
  const row = await rowOf(deps, name);
  return row === undefined || isBeingDeleted(row);
}
