/** Forgets restore points and copies that Azure does not have any more: somebody else deleted them. */
import { replaceGoodPoint } from "../fleet/replace-good-point.ts";
import { type Point, pointKey } from "../fleet/restore-point.ts";
import { type Copy, copyTable } from "../fleet/restore-point-copy.ts";
import type { VmKey } from "../fleet/vm-key.ts";
import { forgetRecordedVm } from "../operations/endings/forget-recorded-vm.ts";
import { isExpected } from "./compare-catalogue.ts";
import type { ReconcileScope } from "./reconcile-deps.ts";
import { recordDrift } from "./record-drift.ts";

export async function dropPoints(
  scope: ReconcileScope,
  vm: VmKey,
  missing: readonly Point[],
): Promise<void> {
  const { tables } = scope.deps;
  for (const { name } of missing) {
    const key = pointKey(vm, name);
    const current = (await tables.points.get(key))?.record;
    if (current === undefined || !isExpected(current)) continue;
    await tables.points.remove(key);
    await forgetRecordedVm(scope.deps, vm, name);
    await recordDrift(scope, { kind: "missingPoint", vm, about: name });
  }
  const gone = new Set(missing.map(({ name }) => name));
  if (gone.size > 0) await replaceGoodPoint(tables, vm, gone);
}

export async function dropCopies(
  scope: ReconcileScope,
  vm: VmKey,
  missing: readonly Copy[],
): Promise<void> {
  const { tables } = scope.deps;
  for (const copy of missing) {
    const key = copyTable.keyOf(copy);
    const current = (await tables.copies.get(key))?.record;
    if (current === undefined || !isExpected(current)) continue;
    await tables.copies.remove(key);
    await forgetRecordedVm(scope.deps, vm, copy.point);
    const about = `${copy.point} in ${copy.region}`;
    await recordDrift(scope, { kind: "missingPoint", vm, about });
  }
}
