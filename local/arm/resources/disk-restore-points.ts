/** Microsoft.Compute/…/diskRestorePoints: one for each disk of a restore point that has succeeded. */
import { entityNotFound } from "../http/arm-error.ts";
import { type Handler, param } from "../http/arm-request.ts";
import { listAnswer } from "../http/list-answer.ts";
import type { Route } from "../http/router.ts";
import { RESTORE_POINT } from "../paths.ts";
import type { Emulator, RestorePoint } from "../state.ts";
import { renderDiskRestorePoint } from "./render-restore-point.ts";
import { RESTORE_POINTS_SINCE } from "./restore-point-collections.ts";
import { demandRestorePoint } from "./restore-points.ts";

const DISK_RESTORE_POINTS = `${RESTORE_POINT}/diskRestorePoints`;

export const diskRestorePointRoutes = (emulator: Emulator): Route[] => {
  const since = RESTORE_POINTS_SINCE;
  const one = `${DISK_RESTORE_POINTS}/{diskRestorePoint}`;
  return [
    { method: "GET", template: one, since, handler: get(emulator) },
    { method: "GET", template: DISK_RESTORE_POINTS, since, handler: list(emulator) },
  ];
};

const get =
  (emulator: Emulator): Handler =>
  (request) => {
    const point = demandRestorePoint(emulator, request);
    const wanted = param(request, "diskRestorePoint").toLowerCase();
    const found = madeIn(point).find(({ name }) => name.toLowerCase() === wanted);
    if (found === undefined) throw entityNotFound();
    return { status: 200, body: renderDiskRestorePoint(found, point.timeCreated) };
  };

const list =
  (emulator: Emulator): Handler =>
  (request) => {
    const point = demandRestorePoint(emulator, request);
    return listAnswer(request, madeIn(point), (each) =>
      renderDiskRestorePoint(each, point.timeCreated),
    );
  };

const madeIn = ({ provisioningState, diskRestorePoints }: RestorePoint) =>
  provisioningState === "Succeeded" ? diskRestorePoints : [];
