/**
 * Brings our collections and the catalogue together, and counts the restore points that are not ours. Reading a
 * collection with its restore points is expensive for Azure, so each is read at its own turn.
 */
import { vmKeyOf } from "../fleet/vm-key.ts";
import type { ArmFailure, CollectionReading } from "../operations/arm.ts";
import { isTurnOf } from "./pass.ts";
import { reconcileCopies } from "./reconcile-copies.ts";
import type { ReconcileScope, StepOutcome } from "./reconcile-deps.ts";
import { reconcilePoints } from "./reconcile-points.ts";
import { nameOfCollection, recordSeen } from "./seen.ts";

/** So many are read for one message: a rebuild reads them all. */
export const MOST_COLLECTIONS = 20;

export async function reconcileCollections(scope: ReconcileScope): Promise<StepOutcome> {
  const { deps, message } = scope;
  const { subscriptionId, continuation: from, page: number, done = 0 } = message;
  const page = await deps.arm.listRestorePointCollections(subscriptionId, from);
  if (page.kind !== "page") return { kind: "failed", failure: page };
  const names = page.collections.flatMap(({ id }) => nameOfCollection(id) ?? []);
  await recordSeen(deps.tables.seen, message, "collection", number, names);
  const due = page.collections.filter(({ id }) => isTurnOf(id, message));
  const upTo = done + MOST_COLLECTIONS;
  for (const collection of due.slice(done, upTo)) {
    const failure = await reconcileCollection(scope, collection);
    if (failure) return { kind: "failed", failure };
  }
  if (due.length > upTo) return { kind: "done", done: upTo };
  const { continuation } = page;
  return { kind: "done", ...(continuation === undefined ? {} : { continuation }) };
}

/** A collection's VM is found by its source, never by its name: anybody may name a collection like ours. */
async function reconcileCollection(
  scope: ReconcileScope,
  collection: CollectionReading,
): Promise<ArmFailure | undefined> {
  const vm = vmKeyOf(collection.sourceId ?? "");
  if (vm) return await reconcilePoints(scope, collection, vm);
  return collection.managed ? await reconcileCopies(scope, collection) : undefined;
}
