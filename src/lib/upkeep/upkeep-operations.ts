/** The operations of an upkeep, derived from the rows that stand for them: made again after a crash, they are the same. */
import type { Protection } from "../fleet/protection.ts";
import { nameOfResource } from "../fleet/resource-id.ts";
import type { Point } from "../fleet/restore-point.ts";
import type { Copy } from "../fleet/restore-point-copy.ts";
import type { CopyOperation, DeleteOperation } from "../operations/operation.ts";
import type { OperationId } from "../operations/operation-id.ts";
import { planned } from "../operations/planned.ts";

/** `-0f47b1a2` */
const GUID_PART = 9;
const LONGEST_NAME = 80;

const HOUR = 3_600_000;
const DELETE_DEADLINE = 6 * HOUR;
/** Azure ends a copy that takes two weeks. */
const COPY_DEADLINE = 15 * 24 * HOUR;

/** Undefined: the row is not to be deleted. */
export function deletionOf(row: Point | Copy, now: Date): DeleteOperation | undefined {
  const { vm, slot, restorePointId: target, deletion } = row;
  if (deletion === undefined || deletion.error !== undefined) return undefined;
  const common = { id: deletion.operation, vm, target, slot, reason: deletion.reason } as const;
  const kind = "deleteRestorePoint";
  const rest = { ...common, kind, ...planned(now, DELETE_DEADLINE) } as const;
  const ends = deletion.endsGrants ? { endsGrants: true } : {};
  if ("region" in row) {
    const { point, region } = row;
    return { ...rest, point, region, request: { location: region, ...ends } };
  }
  const { name: point, location, state } = row;
  // A copy that failed is Succeeded to Azure: only its replication failed.
  const onlyIfFailed = state === "Failed" ? { onlyIfFailed: true } : {};
  return { ...rest, point, request: { location, ...onlyIfFailed, ...ends } };
}

/** Undefined: the copy is not being made. */
export function copyingOf(copy: Copy, sourceId: string, now: Date): CopyOperation | undefined {
  if (copy.state !== "Copying") return undefined;
  const { vm, point, region, slot, sourceCollectionId, restorePointId: target } = copy;
  const collectionId = target.slice(0, target.search(/\/restorePoints\//i));
  return {
    id: copy.operation,
    vm,
    kind: "copyRestorePoint",
    target,
    point,
    slot,
    region,
    request: {
      collection: { id: collectionId, location: region, sourceId: sourceCollectionId },
      createCollection: true,
      sourceRestorePointId: sourceId,
    },
    ...planned(now, COPY_DEADLINE),
  };
}

/** The region's name is added; a long VM name gives way, so that the VM's GUID at the end stays. */
function copyCollectionIdFor(sourceId: string, region: string): string {
  const name = nameOfResource(sourceId);
  const id = name.slice(-GUID_PART);
  const vm = name.slice(0, -GUID_PART).slice(0, LONGEST_NAME - GUID_PART - 1 - region.length);
  return `${sourceId.slice(0, -name.length)}${vm}${id}-${region}`;
}

/** The row of a copy that is about to be made, in a collection beside the one that it comes from. */
export function copyRowOf(
  point: Point,
  region: string,
  { vm }: Protection,
  operation: OperationId,
  now: Date,
): Copy {
  const { restorePointId } = point;
  const sourceCollectionId = restorePointId.slice(0, restorePointId.search(/\/restorePoints\//i));
  const { name, slot, vmId, at, policies, consistencyRequested, consistencyMode, disks } = point;
  const { timeCreated, keepUntil, copyTo, partial, legalHold } = point;
  return {
    vm,
    region,
    point: name,
    slot,
    vmId,
    at,
    ...(timeCreated === undefined ? {} : { timeCreated }),
    policies,
    consistencyRequested,
    ...(consistencyMode === undefined ? {} : { consistencyMode }),
    ...(keepUntil === undefined ? {} : { keepUntil }),
    ...(partial === undefined ? {} : { partial }),
    ...(copyTo?.includes(region) ? { requested: true } : {}),
    ...(legalHold === undefined ? {} : { legalHold }),
    state: "Copying",
    sourceCollectionId,
    restorePointId: `${copyCollectionIdFor(sourceCollectionId, region)}/restorePoints/${name}`,
    operation,
    disks: disks.map(({ diskRestorePointId: _, ...disk }) => disk),
    requestedAt: now.toISOString(),
  };
}
