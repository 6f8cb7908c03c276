/** Microsoft.Compute/…/diskRestorePoints: one for each disk of a restore point that has succeeded. */

import type { Emulator } from "../../emulator.ts";
import { entityNotFound } from "../../http/arm-error.ts";
import { type ArmRequest, type Handler, param } from "../../http/arm-request.ts";
import type { ArmRoute } from "../../http/route.ts";
import { DISK_RESTORE_POINT, DISK_RESTORE_POINTS } from "../../paths.ts";
import { DISKS_SINCE } from "../../versions/since.ts";
import { type FoundDisk, madeIn } from "./find.ts";
import { renderDiskRestorePoint } from "./render-disk-restore-point.ts";
import { demandRestorePoint } from "./restore-points.ts";

export const diskRestorePointRoutes = (emulator: Emulator): ArmRoute[] => {
  const common = {
    method: "GET",
    versions: "disks",
    since: DISKS_SINCE,
    type: "diskRestorePoint",
  } as const;
  return [
    { ...common, template: DISK_RESTORE_POINT, handler: get(emulator) },
    { ...common, template: DISK_RESTORE_POINTS, handler: list(emulator) },
  ];
};

/** Throws the recorded 404 when the disk restore point of the request does not exist. */
export function demandDiskRestorePoint(emulator: Emulator, request: ArmRequest): FoundDisk {
  const point = demandRestorePoint(emulator, request);
  const wanted = param(request, "diskRestorePoint").toLowerCase();
  const disk = madeIn(point).find(({ name }) => name.toLowerCase() === wanted);
  if (disk === undefined) throw entityNotFound();
  return { point, disk };
}

const get =
  (emulator: Emulator): Handler =>
  (request) => {
    const { point, disk } = demandDiskRestorePoint(emulator, request);
    return { status: 200, body: renderDiskRestorePoint(emulator, point, disk) };
  };

/** A VM has 64 data disks at most, which are one page. */
const list =
  (emulator: Emulator): Handler =>
  (request) => {
    const point = demandRestorePoint(emulator, request);
    const value = madeIn(point).map((disk) => renderDiskRestorePoint(emulator, point, disk));
    return { status: 200, body: { value } };
  };
