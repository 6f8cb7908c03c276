/** The disks of a restore point, or of its copy, that could be read. Pure. */
import { isBeingDeleted } from "../fleet/deletion.ts";
import { parseResourceId } from "../fleet/resource-id.ts";
import type { Point } from "../fleet/restore-point.ts";
import type { Copy } from "../fleet/restore-point-copy.ts";
import type { Grant } from "./grant.ts";

export type ReadableDisk = Pick<Grant, "disk" | "diskRestorePointId" | "family">;

export type Readable =
  | { readonly kind: "disks"; readonly disks: readonly ReadableDisk[] }
  | { readonly kind: "noSuchDisk"; readonly names: readonly string[] }
  /** `code` and `message` as the API has them. */
  | { readonly kind: "notNow"; readonly code: string; readonly message: string };

export function readableDisks(row: Point | Copy, name: string | undefined): Readable {
  if (isBeingDeleted(row)) return beingDeleted;
  if (row.state !== "Succeeded") {
    const message = `Its state is ${row.state}: wait until it is Succeeded.`;
    return { kind: "notNow", code: "RestorePointNotReady", message };
  }
  const asked = row.disks.filter((disk) => name === undefined || isNamed(disk.name, name));
  const disks = asked.flatMap((disk) => {
    const { diskRestorePointId } = disk;
    if (diskRestorePointId === undefined) return [];
    return [{ disk, diskRestorePointId, family: familyOf(row, disk) }];
  });
  return disks.length > 0
    ? { kind: "disks", disks }
    : { kind: "noSuchDisk", names: row.disks.map((disk) => disk.name) };
}

const beingDeleted: Readable & { kind: "notNow" } = {
  kind: "notNow",
  code: "RestorePointBeingDeleted",
  message: "The restore point is being deleted.",
};

const isNamed = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();

/**
 * Restore points of one disk in one region are one family in Azure, with five SAS at a time between them. The name
 * stands in for Azure's own id of the family, which only a request to each disk restore point would tell.
 */
function familyOf(row: Point | Copy, { diskId = "", name }: Point["disks"][number]): string {
  const region = "region" in row ? row.region : row.location;
  const { resourceGroup = "", names = [name] } = parseResourceId(diskId) ?? {};
  return [region, resourceGroup, ...names].join("~").toLowerCase();
}
