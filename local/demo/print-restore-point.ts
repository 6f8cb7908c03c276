/** A finished restore point with its disk restore points, as the functions API has it. */
import type { RestorePoint } from "./read-api.ts";

export function printRestorePoint(point: RestorePoint): string {
  const disks = point.disks.map(
    ({ name, lun, sizeInGB, diskRestorePointId }) =>
      `  ${lun === undefined ? "OS disk" : `LUN ${lun}  `} ${name.padEnd(16)} ${`${sizeInGB ?? "?"} GB`.padStart(7)}   ${lastSegment(diskRestorePointId)}`,
  );
  const excluded = point.excludedDisks.map(({ name, reason }) => `  left out ${name}: ${reason}`);
  return [
    `Restore point ${point.name}: ${point.state}, ${point.consistencyMode ?? "consistency unknown"}, created ${point.timeCreated ?? "?"}`,
    `  ${point.resourceId}`,
    ...disks,
    ...excluded,
  ].join("\n");
}

const lastSegment = (id = ""): string => id.slice(id.lastIndexOf("/") + 1);
