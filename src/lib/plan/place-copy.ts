/** Writes the copy that somebody asked for where the upkeep goes by it: on the restore point, and beside it. */
import { isBeingDeleted } from "../fleet/deletion.ts";
import type { RecordedVms } from "../fleet/recorded-vm.ts";
import { pointKey } from "../fleet/restore-point.ts";
import { changeRecord } from "../state/change-record.ts";
import type { Tables } from "../state/tables.ts";
import type { CopyRequest } from "./request-record.ts";

export interface PlaceCopyDeps {
  readonly tables: Pick<Tables, "points">;
  readonly recordedVms: Pick<RecordedVms, "get" | "put">;
}

/** `gone`: the restore point is, or about to be. */
export async function placeCopy(
  { tables, recordedVms }: PlaceCopyDeps,
  { vm, point: name, region }: CopyRequest,
): Promise<"placed" | "gone"> {
  const point = await changeRecord(tables.points, pointKey(vm, name), (row) =>
    isBeingDeleted(row) || row.copyTo?.includes(region)
      ? undefined
      : { ...row, copyTo: [...(row.copyTo ?? []), region] },
  );
  if (point === undefined || isBeingDeleted(point)) return "gone";
  const recorded = await recordedVms.get(vm, name);
  if (recorded) await recordedVms.put(vm, name, { ...recorded, copyTo: point.copyTo });
  return "placed";
}
