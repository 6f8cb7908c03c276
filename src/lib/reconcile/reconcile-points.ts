/** The restore points of one VM in one collection, ours or another product's. */
import { protectionKey } from "../fleet/protection.ts";
import type { Point } from "../fleet/restore-point.ts";
import type { VmKey } from "../fleet/vm-key.ts";
import type { ArmFailure, CollectionReading, RestorePointReading } from "../operations/arm.ts";
import { allIn, partition } from "../state/entity-table.ts";
import { adoptPoints } from "./adopt-points.ts";
import { compareCatalogue } from "./compare-catalogue.ts";
import { countAdopted } from "./count-adopted.ts";
import { dropPoints } from "./drop-missing.ts";
import { mendPoint } from "./mend-point.ts";
import type { ReconcileScope } from "./reconcile-deps.ts";
import { removeIfOrphaned } from "./remove-if-orphaned.ts";
import { revive } from "./revive-protection.ts";

export async function reconcilePoints(
  scope: ReconcileScope,
  collection: CollectionReading,
  vm: VmKey,
): Promise<ArmFailure | undefined> {
  const { deps } = scope;
  const { id, managed } = collection;
  // Before Azure is asked: what is deleted meanwhile is not taken for unknown.
  const rows = await allIn(deps.tables.points, partition(vm));
  const reading = await deps.arm.getRestorePointCollection(id);
  // It went while the list was read.
  if (reading.kind === "notFound") return undefined;
  if (reading.kind !== "found") return reading;
  const { restorePoints } = reading.collection;
  const compared = compareCatalogue(id, rows, restorePoints, deps.now());
  const adopted = managed ? await takeIn(scope, collection, vm, compared.unknown) : [];
  if (managed) {
    for (const { row, reading: found } of compared.mended) await mendPoint(scope, row, found);
    await dropPoints(scope, vm, compared.missing);
  }
  if (adopted.length + compared.mended.length + compared.missing.length > 0) {
    await deps.delayed.planPoints({ vm }, 0);
  }
  const known = new Set([...rows, ...adopted].map((row) => row.restorePointId.toLowerCase()));
  const points = restorePoints.filter((each) => !known.has(each.id.toLowerCase())).length;
  const countedAt = deps.now().toISOString();
  await deps.tables.foreignPoints.upsert({ vm, collectionId: id, points, countedAt });
  return managed && restorePoints.length === 0
    ? await removeIfOrphaned(scope, collection, vm)
    : undefined;
}

async function takeIn(
  scope: ReconcileScope,
  collection: CollectionReading,
  vm: VmKey,
  unknown: readonly RestorePointReading[],
): Promise<Point[]> {
  const { protections } = scope.deps.tables;
  const protection = (await protections.get(protectionKey(vm)))?.record;
  const adopted = await adoptPoints(scope, vm, collection, protection, unknown);
  if (adopted.length > 0) {
    const { id: collectionId, location, sourceId: resourceId = "" } = collection;
    await revive(scope, vm, adopted, { collectionId, location, resourceId });
    await countAdopted(scope, adopted.length);
  }
  return adopted;
}
