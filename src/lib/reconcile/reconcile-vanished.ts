/**
 * What is recorded, and was not seen by the pass: VMs, which are planned, and so found gone or not; and, each VM at its
 * own turn, collections with restore points of ours, which somebody deleted as a whole.
 */
import type { Protection } from "../fleet/protection.ts";
import type { Point } from "../fleet/restore-point.ts";
import { type Copy, copiesOf } from "../fleet/restore-point-copy.ts";
import type { ArmFailure } from "../operations/arm.ts";
import { allIn, partition } from "../state/entity-table.ts";
import { isExpected } from "./compare-catalogue.ts";
import { dropCopies, dropPoints } from "./drop-missing.ts";
import { isTurnOf } from "./pass.ts";
import type { ReconcileScope, StepOutcome } from "./reconcile-deps.ts";
import { recordDrift } from "./record-drift.ts";
import { nameOfCollection, nameOfVm, namesSeen } from "./seen.ts";

/** Records on a page. */
const SIZE = 100;

export async function reconcileVanished(scope: ReconcileScope): Promise<StepOutcome> {
  const { deps, message } = scope;
  const { tables, delayed } = deps;
  const vms = await namesSeen(tables.seen, message, "vm");
  const collections = await namesSeen(tables.seen, message, "collection");
  const range = partition(message.subscriptionId);
  const { continuation: from } = message;
  const page = await tables.protections.list(range, { size: SIZE, continuation: from });
  for (const protection of page.records) {
    const { vm, status } = protection;
    if (status !== "VmDeleted" && !vms.has(nameOfVm(vm))) {
      await recordDrift(scope, { kind: "missedDeletion", vm });
      await delayed.planVm({ vm }, 0);
    }
    if (message.rebuild) await delayed.planPoints({ vm }, 0);
    if (!isTurnOf(vm, message)) continue;
    const failure = await dropLostCollections(scope, protection, collections);
    if (failure) return { kind: "failed", failure };
  }
  const { continuation } = page;
  return { kind: "done", ...(continuation === undefined ? {} : { continuation }) };
}

async function dropLostCollections(
  scope: ReconcileScope,
  { vm }: Protection,
  seen: ReadonlySet<string>,
): Promise<ArmFailure | undefined> {
  const { arm, tables, delayed } = scope.deps;
  const isUnseen = (row: Point | Copy) =>
    isExpected(row) && !seen.has(nameOfCollection(collectionOf(row)) ?? "");
  const points = await allIn(tables.points, partition(vm));
  const copies = await allIn(tables.copies, copiesOf(vm));
  const unseen = new Set([...points, ...copies].filter(isUnseen).map(collectionOf));
  const lost = new Set<string>();
  for (const id of unseen) {
    const reading = await arm.getRestorePointCollection(id);
    if (reading.kind === "notFound") lost.add(id);
    else if (reading.kind !== "found") return reading;
  }
  if (lost.size === 0) return undefined;
  const isLost = (row: Point | Copy) => lost.has(collectionOf(row));
  await dropPoints(scope, vm, points.filter(isLost));
  await dropCopies(scope, vm, copies.filter(isLost));
  await delayed.planPoints({ vm }, 0);
  return undefined;
}

const collectionOf = ({ restorePointId }: Point | Copy): string =>
  restorePointId.slice(0, restorePointId.search(/\/restorePoints\//i));
