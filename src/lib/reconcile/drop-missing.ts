/** Forgets restore points and copies that Azure does not have any more: somebody else deleted them. */
import { protectionKey } from "../fleet/protection.ts";
import { type Point, pointKey } from "../fleet/restore-point.ts";
import { type Copy, copyTable } from "../fleet/restore-point-copy.ts";
import type { VmKey } from "../fleet/vm-key.ts";
import { forgetRecordedVm } from "../operations/endings/forget-recorded-vm.ts";
import { changeRecord } from "../state/change-record.ts";
import { every, partition } from "../state/entity-table.ts";
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
  if (missing.length > 0) await newestGood(scope, vm, new Set(missing.map(({ name }) => name)));
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

/** The VM's record names the newest good one, which may be among those that are gone. */
async function newestGood(
  { deps: { tables } }: ReconcileScope,
  vm: VmKey,
  gone: ReadonlySet<string>,
): Promise<void> {
  let newest: Point | undefined;
  for await (const point of every(tables.points, partition(vm))) {
    if (isExpected(point) && !point.partial && point.at > (newest?.at ?? "")) newest = point;
  }
  await changeRecord(tables.protections, protectionKey(vm), (protection) => {
    const { lastGoodPoint, ...rest } = protection;
    if (lastGoodPoint === undefined || !gone.has(lastGoodPoint.name)) return undefined;
    return newest ? { ...rest, lastGoodPoint: { name: newest.name, at: newest.at } } : rest;
  });
}
