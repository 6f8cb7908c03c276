/**
 * A copy that was asked for was had, whatever became of it: once it is to go, nobody wants another one. The ask goes
 * before the copy does, so that no crash leaves it behind, to have the copy made again and again.
 */
import type { RecordedVms } from "../fleet/recorded-vm.ts";
import { pointKey } from "../fleet/restore-point.ts";
import type { VmKey } from "../fleet/vm-key.ts";
import { changeRecord } from "../state/change-record.ts";
import type { Tables } from "../state/tables.ts";

export interface WithdrawCopyDeps {
  readonly tables: Pick<Tables, "points">;
  readonly recordedVms: Pick<RecordedVms, "get" | "put">;
}

export async function withdrawCopy(
  { tables, recordedVms }: WithdrawCopyDeps,
  vm: VmKey,
  point: string,
  region: string,
): Promise<void> {
  const key = pointKey(vm, point);
  const row = (await tables.points.get(key))?.record;
  if (!row?.copyTo?.includes(region)) return;
  const others = (regions: readonly string[] = []) => regions.filter((each) => each !== region);
  const recorded = await recordedVms.get(vm, point);
  if (recorded) {
    await recordedVms.put(vm, point, { ...recorded, copyTo: others(recorded.copyTo) });
  }
  // Last: as long as the row has it, all of this is done again.
  await changeRecord(tables.points, key, (current) =>
    current.copyTo?.includes(region) ? { ...current, copyTo: others(current.copyTo) } : undefined,
  );
}
