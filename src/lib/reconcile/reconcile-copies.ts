/** The copies of one VM's restore points in one region, in a collection of ours. */
import { type Copy, copiesOf } from "../fleet/restore-point-copy.ts";
import type { ArmFailure, CollectionReading } from "../operations/arm.ts";
import { allIn } from "../state/entity-table.ts";
import { adoptCopies } from "./adopt-copies.ts";
import { compareCatalogue } from "./compare-catalogue.ts";
import { countAdopted } from "./count-adopted.ts";
import { dropCopies } from "./drop-missing.ts";
import type { ReconcileScope } from "./reconcile-deps.ts";
import { removeOrphan } from "./remove-if-orphaned.ts";
import { revive } from "./revive-protection.ts";
import { vmOfCollectionName } from "./vm-of-collection.ts";

export async function reconcileCopies(
  scope: ReconcileScope,
  collection: CollectionReading,
): Promise<ArmFailure | undefined> {
  const { deps } = scope;
  const { id, sourceId = "" } = collection;
  const vm = vmOfCollectionName(sourceId);
  if (vm === undefined) return undefined;
  const rows = await allIn(deps.tables.copies, copiesOf(vm));
  const reading = await deps.arm.getRestorePointCollection(id);
  if (reading.kind === "notFound") return undefined;
  if (reading.kind !== "found") return reading;
  const { restorePoints } = reading.collection;
  // A copy that failed stays failed: to Azure it is Succeeded, and only its replication tells.
  const { unknown, missing } = compareCatalogue(id, rows, restorePoints, deps.now());
  const adopted = await adoptCopies(scope, vm, collection, unknown);
  if ("kind" in adopted) return adopted;
  await dropCopies(scope, vm, missing);
  if (adopted.length > 0) {
    const named = adopted.map((copy) => ({ ...copy, name: copy.point }));
    await revive(scope, vm, named);
    await countAdopted(scope, adopted.length);
  }
  if (adopted.length + missing.length > 0) await deps.delayed.planPoints({ vm }, 0);
  return restorePoints.length === 0 ? await removeWithSource(scope, collection, rows) : undefined;
}

/** An empty one is of use for as long as there is something to copy into it. */
async function removeWithSource(
  scope: ReconcileScope,
  { id, sourceId = "" }: CollectionReading,
  rows: readonly Copy[],
): Promise<ArmFailure | undefined> {
  const vm = vmOfCollectionName(sourceId);
  if (vm === undefined || rows.some(({ state }) => state === "Copying")) return undefined;
  const source = await scope.deps.arm.getRestorePointCollection(sourceId);
  if (source.kind === "notFound") return await removeOrphan(scope, id, vm);
  return source.kind === "found" ? undefined : source;
}
