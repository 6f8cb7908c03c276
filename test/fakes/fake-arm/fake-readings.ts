import type {
  CollectionReading,
  Replication,
  RestorePointReading,
} from "../../../src/lib/operations/arm.ts";
import type { FakeCollection, FakeRestorePoint } from "./fake-store.ts";

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
    disks: disks.map(({ name, id: diskId, lun }) => ({
      name,
      ...(diskId === undefined ? {} : { diskId }),
      ...(lun === undefined ? {} : { lun }),
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
