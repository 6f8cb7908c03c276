/** Restore points, and the disks in them, by id and by what they belong to. */
import type { BytesAt } from "../../bytes/disk-bytes.ts";
import type { Emulator } from "../../emulator.ts";
import type {
  DiskRestorePoint,
  RestorePoint,
  RestorePointCollection,
  VirtualMachine,
} from "../../state/state.ts";

type Known = Pick<Emulator, "state">;

export interface FoundDisk {
  readonly point: RestorePoint;
  readonly disk: DiskRestorePoint;
}

const DISK_RESTORE_POINT_ID = /^(.+)\/diskRestorePoints\/([^/]+)$/i;

/** Undefined unless its restore point has succeeded. */
export function findDiskRestorePoint({ state }: Known, id: string): FoundDisk | undefined {
  const [, pointId = "", name = ""] = DISK_RESTORE_POINT_ID.exec(id) ?? [];
  const point = state.restorePoints.get(pointId);
  if (point === undefined) return undefined;
  const disk = madeIn(point).find((each) => each.name.toLowerCase() === name.toLowerCase());
  return disk ? { point, disk } : undefined;
}

/** The disks of a restore point that has succeeded, or is being deleted. */
export const madeIn = ({ completedAt, disks }: RestorePoint): readonly DiskRestorePoint[] =>
  completedAt === undefined ? [] : disks;

export const idOfDisk = ({ id }: RestorePoint, { name }: DiskRestorePoint): string =>
  `${id}/diskRestorePoints/${name}`;

/** Undefined when nothing was ever written to the disk. */
export const bytesOfDiskRestorePoint = ({
  source,
  snapshot,
}: DiskRestorePoint): BytesAt | undefined =>
  snapshot === undefined
    ? undefined
    : { blob: source.uniqueId, snapshot, sizeInBytes: source.sizeInBytes };

export const pointsIn = ({ state }: Known, { id }: { readonly id: string }): RestorePoint[] => [
  ...state.restorePoints.under(`${id}/restorePoints/`),
];

/** Of every collection whose source is this very VM, and not one of the same name before it. */
export const pointsOf = ({ state }: Known, { vmId }: VirtualMachine): RestorePoint[] =>
  state.collections
    .all()
    .filter(({ source }) => source.vmGuid === vmId)
    .flatMap((collection) => pointsIn({ state }, collection));

/** Collections that copies of its restore points go to. */
export const targetsOf = ({ state }: Known, { id }: { readonly id: string }) =>
  state.collections
    .all()
    .filter(
      ({ source }) => source.kind === "collection" && source.id.toLowerCase() === id.toLowerCase(),
    );

/** One that is not deleted after all. It had failed unless it was completed. */
export const asBeforeDeletion = (point: RestorePoint): RestorePoint => ({
  ...point,
  provisioningState: point.completedAt === undefined ? "Failed" : "Succeeded",
});

/** Another restore point of the same name is another one. Copies of one source have its time, but not their disks. */
export const identityOf = ({ timeCreated, disks }: RestorePoint): string =>
  [timeCreated, ...disks.map(({ name }) => name)].join(" ");

export const collectionIdOfPoint = (id: string): string =>
  id.slice(0, id.toLowerCase().lastIndexOf("/restorepoints/"));

export const collectionOf = (
  { state }: Known,
  { id }: Pick<RestorePoint, "id">,
): RestorePointCollection | undefined => state.collections.get(collectionIdOfPoint(id));

/** The id of the disk restore point that one is a copy of. */
export const sourceDiskIdOf = (
  { copy }: RestorePoint,
  { sourceName }: DiskRestorePoint,
): string | undefined =>
  copy && sourceName ? `${copy.sourceRestorePointId}/diskRestorePoints/${sourceName}` : undefined;
