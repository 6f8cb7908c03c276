/** What Azure refuses to make. */
import type { AttachedDisk } from "../../../src/lib/fleet/virtual-machine.ts";
import type { ArmFailure } from "../../../src/lib/operations/arm.ts";
import type { ArmProblem } from "../../../src/lib/operations/arm-problem.ts";
import { type FakeAccess, type FoundDisk, familyOf } from "./fake-access.ts";
import type { FakeCollection, FakeRestorePoint, FakeStore } from "./fake-store.ts";
import { refused } from "./fault.ts";

const MOST_OF_A_VM = 500;
/** Disk restore points of one disk that are open at once. */
const MOST_OPEN_OF_A_FAMILY = 5;

export function reasonAgainstPoint(
  ofVm: readonly FakeRestorePoint[],
  disks: readonly AttachedDisk[],
  sharedDisks: ReadonlyMap<string, number>,
  now: number,
): ArmFailure | undefined {
  const own = ofVm.filter(({ copyOf }) => copyOf === undefined);
  if (own.some(({ endsAt }) => endsAt > now)) {
    const message = "A concurrent 'Create RestorePoint' operation was triggered on the VM.";
    return refused(true, "VMRestorePointClientError", message);
  }
  if (own.length >= MOST_OF_A_VM) {
    const message =
      "The maximum allowed snapshot limit of one or more disk blobs has been reached.";
    return refused(true, "VMRestorePointClientError", message);
  }
  const shared = disks.find(({ id = "" }) => (sharedDisks.get(id.toLowerCase()) ?? 1) > 1);
  if (shared === undefined) return undefined;
  const message = `A Virtual Machine with Shared disks is not supported. Disk: '${shared.name}'.`;
  return refused(true, "VMRestorePointClientError", message);
}

export function reasonAgainstCopy(
  collection: FakeCollection,
  source: FakeRestorePoint,
  others: readonly FakeRestorePoint[],
  store: FakeStore,
  now: number,
): ArmFailure | undefined {
  const no = (message: string) => refused(false, "OperationNotAllowed", message);
  if (source.copyOf) return no("A copy cannot be copied.");
  if (source.collection.id.toLowerCase() !== collection.copiedFrom) {
    return no("The restore point is not in the collection's source.");
  }
  if (others.some(({ copyOf }) => copyOf && copyOf.completeAt > now)) {
    return refused(true, "OperationNotAllowed", "Another copy to this collection is in progress.");
  }
  const newest = Math.max(
    ...others.map(({ copyOf }) => (copyOf && store.get(copyOf.id)?.createdAt) ?? 0),
  );
  return source.createdAt < newest ? no("A newer restore point was copied already.") : undefined;
}

/** `live`: what is open. */
export function reasonAgainstAccess(
  id: string,
  found: FoundDisk,
  live: readonly FakeAccess[],
  now: number,
): ArmProblem | undefined {
  const { deletedAt, copyOf } = found.point;
  const no = (message: string) => ({ code: "OperationNotAllowed", message });
  if (deletedAt !== undefined) return no("The restore point is being deleted.");
  if (copyOf && copyOf.completeAt > now) return no("The copy is not complete.");
  const family = familyOf(found);
  const others = live.filter((each) => each.family === family && each.id !== id.toLowerCase());
  return others.length < MOST_OPEN_OF_A_FAMILY
    ? undefined
    : no(`At most ${MOST_OPEN_OF_A_FAMILY} snapshots of one family can be open.`);
}
