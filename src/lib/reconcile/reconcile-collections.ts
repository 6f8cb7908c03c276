/**
 * Counts the restore points that are not ours, and brings ours and the catalogue together. A collection's VM is found
 * by its source, never by its name. Reading a collection with its restore points is expensive for Azure, so each is
 * read in one pass of twenty-four.
 */
import { protectionKey } from "../fleet/protection.ts";
import { sameResourceId } from "../fleet/resource-id.ts";
import { type VmKey, vmKeyOf } from "../fleet/vm-key.ts";
import type { CollectionReading } from "../operations/arm.ts";
import { every, partition } from "../state/entity-table.ts";
import type { Log } from "../telemetry.ts";
import { adoptPoints } from "./adopt-points.ts";
import type { ReconcileMessage } from "./pass.ts";
import type { ReconcileDeps, StepOutcome } from "./reconcile-deps.ts";
import { recordDrift } from "./record-drift.ts";

const PASSES = 24;
const PASS_MS = 15 * 60_000;

export async function reconcileCollections(
  deps: ReconcileDeps,
  message: ReconcileMessage,
  log: Log,
): Promise<StepOutcome> {
  const { subscriptionId, continuation: from } = message;
  const page = await deps.arm.listRestorePointCollections(subscriptionId, from);
  if (page.kind !== "page") return { kind: "failed", failure: page };
  for (const collection of page.collections.filter((each) => isDue(each, message))) {
    const vm = vmKeyOf(collection.sourceId ?? "");
    // Copies have a collection as their source, and their own record.
    if (vm === undefined) continue;
    const failure = await reconcileCollection(deps, message, collection, vm, log);
    if (failure) return failure;
  }
  const { continuation } = page;
  return { kind: "done", ...(continuation === undefined ? {} : { continuation }) };
}

/** Each collection has its turn, derived from its id, so that the reads are spread over the passes. */
function isDue({ id }: CollectionReading, { pass }: ReconcileMessage): boolean {
  let hash = 0;
  for (const letter of id.toLowerCase()) hash = (hash * 31 + letter.charCodeAt(0)) >>> 0;
  return hash % PASSES === Math.floor(Date.parse(pass) / PASS_MS) % PASSES;
}

async function reconcileCollection(
  deps: ReconcileDeps,
  message: ReconcileMessage,
  { id, managed }: CollectionReading,
  vm: VmKey,
  log: Log,
): Promise<StepOutcome | undefined> {
  const reading = await deps.arm.getRestorePointCollection(id);
  // It went while the list was read.
  if (reading.kind === "notFound") return undefined;
  if (reading.kind !== "found") return { kind: "failed", failure: reading };
  const { restorePoints } = reading.collection;
  const protection = (await deps.tables.protections.get(protectionKey(vm)))?.record;
  if (managed && protection === undefined && restorePoints.length === 0) {
    await recordDrift(deps, message, { kind: "orphanedCollection", vm, about: id }, log);
  }
  const known = new Set<string>();
  for await (const point of every(deps.tables.points, partition(vm))) {
    known.add(point.restorePointId.toLowerCase());
  }
  const unknown = restorePoints.filter((point) => !known.has(point.id.toLowerCase()));
  const adopted =
    managed && protection ? await adoptPoints(deps, message, protection, unknown, log) : [];
  const points = unknown.filter(
    (point) => !adopted.some((each) => sameResourceId(each, point.id)),
  ).length;
  const countedAt = deps.now().toISOString();
  await deps.tables.foreignPoints.upsert({ vm, collectionId: id, points, countedAt });
  return undefined;
}
