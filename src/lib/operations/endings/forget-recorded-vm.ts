import type { RecordedVms } from "../../fleet/recorded-vm.ts";
import { pointKey } from "../../fleet/restore-point.ts";
import { copiesOf } from "../../fleet/restore-point-copy.ts";
import type { VmKey } from "../../fleet/vm-key.ts";
import type { Tables } from "../../state/tables.ts";

interface ForgetRecordedVmDeps {
  readonly tables: Pick<Tables, "points" | "copies">;
  readonly recordedVms: Pick<RecordedVms, "remove">;
}

/** The VM as it was is kept as long as the restore point or one of its copies is. True: none of them is. */
export async function forgetRecordedVm(
  { tables, recordedVms }: ForgetRecordedVmDeps,
  vm: VmKey,
  point: string,
): Promise<boolean> {
  const local = await tables.points.get(pointKey(vm, point));
  if (local?.record.state === "Succeeded") return false;
  const copies = await tables.copies.list(copiesOf(vm), { size: 1000 });
  if (copies.records.some((copy) => copy.point === point && copy.state !== "Failed")) return false;
  await recordedVms.remove(vm, point);
  return true;
}
