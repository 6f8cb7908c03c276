import type {
  ArmFailure,
  CollectionReading,
  Look,
  Replication,
  RestorePointReading,
} from "../../../src/lib/operations/arm.ts";
import type { FakeCollection, FakeRestorePoint } from "./fake-store.ts";
import { missing } from "./fault.ts";

export function readingOf(point: FakeRestorePoint, now: number): RestorePointReading {
  const { id, request, disks, createdAt, endsAt, failure, copyOf, deletedAt } = point;
  const ended = endsAt <= now;
  const done = ended && !failure;
  const state = ended ? (failure ? "Failed" : "Succeeded") : "Creating";
  return {
    id,
    provisioningState: deletedAt === undefined ? state : "Deleting",
    ...(done ? { consistencyMode: request.consistencyMode ?? "ApplicationConsistent" } : {}),
    timeCreated: new Date(createdAt).toISOString(),
    ...(copyOf ? { sourceRestorePointId: copyOf.id } : {}),
    disks: disks.map(({ name, id: diskId, lun, sizeInGB }) => ({
      name,
      ...(diskId === undefined ? {} : { diskId }),
      ...(lun === undefined ? {} : { lun }),
      ...(sizeInGB === undefined ? {} : { sizeInGB }),
      ...(done ? { diskRestorePointId: `${id}/diskRestorePoints/${name}_0` } : {}),
    })),
  };
}

export function replicationIn(
  { copyOf, createdAt, failure }: FakeRestorePoint,
  now: number,
): Replication {
  if (copyOf === undefined) return { state: "succeeded", percent: 100 };
  const part = (now - createdAt) / Math.max(1, copyOf.completeAt - createdAt);
  const percent = Math.max(0, Math.min(100, Math.floor(100 * part)));
  if (copyOf.completeAt > now) return { state: "running", percent };
  return failure
    ? { state: "failed", percent, message: failure.message }
    : { state: "succeeded", percent: 100 };
}

export const collectionReading = (collection: FakeCollection): CollectionReading => ({
  id: collection.id,
  location: collection.location,
  sourceId: collection.sourceId,
  managed: collection.managed,
  provisioningState: "Succeeded",
});

/** At the making of a restore point. */
export function lookAt(point: FakeRestorePoint | undefined, now: number): Look | ArmFailure {
  if (point === undefined) return missing;
  if (point.endsAt > now) return { kind: "running" };
  return point.failure && !point.copyOf
    ? { kind: "failed", error: point.failure }
    : { kind: "succeeded" };
}
