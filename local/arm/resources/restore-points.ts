/** Microsoft.Compute/restorePointCollections/restorePoints: create, read, delete. There is no list: expand the collection. */
import { z } from "zod";
import { acceptedAnswer } from "../http/accepted.ts";
import { ArmError, entityNotFound, resourceNotFound } from "../http/arm-error.ts";
import { type ArmRequest, expands, type Handler, param, parseBody } from "../http/arm-request.ts";
import type { Route } from "../http/router.ts";
import { partsOf, RESTORE_POINT } from "../paths.ts";
import { regionOf } from "../region.ts";
import { report } from "../report.ts";
import { checkCreate } from "../rules/check-create.ts";
import { HourlyLimit, remainingHeader } from "../rules/hourly-limit.ts";
import type { Emulator, RestorePoint, RestorePointCollection, VirtualMachine } from "../state.ts";
import { dropBytes } from "../unneeded-bytes.ts";
import {
  type AcceptedCreate,
  createRestorePoint,
  RESTORE_POINT_TYPE,
} from "./create-restore-point.ts";
import { renderRestorePoint } from "./render-restore-point.ts";
import {
  collectionIdOf,
  demandCollection,
  RESTORE_POINTS_SINCE,
} from "./restore-point-collections.ts";

const restorePointBody = z.looseObject({
  properties: z
    .looseObject({
      excludeDisks: z.array(z.looseObject({ id: z.string().min(1) })).default([]),
      consistencyMode: z
        .literal("CrashConsistent", { error: "only CrashConsistent is accepted as a valid input" })
        .optional(),
    })
    .default({ excludeDisks: [] }),
});

export const restorePointRoutes = (emulator: Emulator): Route[] => {
  const since = RESTORE_POINTS_SINCE;
  const limit = new HourlyLimit();
  return [
    { method: "PUT", template: RESTORE_POINT, since, handler: put(emulator, limit) },
    { method: "GET", template: RESTORE_POINT, since, handler: get(emulator) },
    { method: "DELETE", template: RESTORE_POINT, since, handler: remove(emulator) },
  ];
};

const idOf = (request: ArmRequest): string =>
  `${collectionIdOf(request)}/restorePoints/${param(request, "restorePoint")}`;

/** Throws the recorded 404s: one for the collection, another for a restore point in it. */
export function demandRestorePoint(emulator: Emulator, request: ArmRequest): RestorePoint {
  demandCollection(emulator, request);
  const point = emulator.state.restorePoints.get(idOf(request));
  if (point) return point;
  throw entityNotFound();
}

const put =
  (emulator: Emulator, limit: HourlyLimit): Handler =>
  async (request) => {
    const { state, settings } = emulator;
    const collection = demandCollection(emulator, request);
    const { excludeDisks, consistencyMode: mode } = parseBody(restorePointBody, request).properties;
    if (state.restorePoints.get(idOf(request))) {
      const message = `Restore point '${param(request, "restorePoint")}' already exists. Updating properties of an existing restore point is not allowed.`;
      throw new ArmError(409, "Conflict", message);
    }
    const vm = sourceVmOf(emulator, collection);
    const excludeDiskIds = excludeDisks.map(({ id }) => id);
    const refused = checkCreate(emulator, { vm, mode, excludeDiskIds });
    if (refused?.arrives === "synchronous") {
      throw new ArmError(refused.status, refused.error.code, refused.error.message);
    }
    const countedAs = mode ?? "ApplicationConsistent";
    const left = limit.take(vm.id, countedAs, settings.restorePointsPerHour, Date.now());
    const asked = { id: idOf(request), vm, mode, excludeDiskIds, failure: refused?.error };
    const accepted = await createRestorePoint(emulator, request, asked);
    const answer = answerCreate(emulator, request, accepted);
    return { ...answer, headers: { ...answer.headers, ...remainingHeader(countedAs, left) } };
  };

/** The VM that the collection was made for; one that is gone or was made anew is not it. */
function sourceVmOf({ state }: Emulator, { sourceVmId, sourceVmGuid }: RestorePointCollection) {
  const vm = state.virtualMachines.get(sourceVmId);
  if (vm?.vmId === sourceVmGuid) return vm;
  const { group, name } = partsOf(sourceVmId);
  throw resourceNotFound("Microsoft.Compute/virtualMachines", name, group);
}

function answerCreate(
  emulator: Emulator,
  request: ArmRequest,
  { point, operation }: AcceptedCreate,
) {
  const { settings } = emulator;
  const body = renderRestorePoint(emulator, point);
  const created = { body, sendLocation: settings.sendLocationOnCreate };
  return acceptedAnswer(request, { operation, place: placeOf(point.source), settings, created });
}

const placeOf = ({ id, location }: VirtualMachine) => ({
  subscriptionId: partsOf(id).subscriptionId,
  location: regionOf(location),
});

const get =
  (emulator: Emulator): Handler =>
  (request) => {
    const point = demandRestorePoint(emulator, request);
    const body = renderRestorePoint(emulator, point, expands(request, "instanceView"));
    return { status: 200, body };
  };

const remove =
  (emulator: Emulator): Handler =>
  (request) => {
    const { state, settings, operations, faults } = emulator;
    const point = state.restorePoints.get(idOf(request));
    if (point === undefined) return { status: 204 };
    if (point.provisioningState === "Creating") {
      throw new ArmError(409, "OperationNotAllowed", "The restore point is being created.");
    }
    const failure = faults.takeOperation("deleteRestorePoint", point.source.name);
    const before = point.provisioningState;
    point.provisioningState = "Deleting";
    const operation = operations.start(settings.deleteMs, async () => {
      if (failure) {
        point.provisioningState = before;
        return { code: failure.code, message: failure.message };
      }
      state.restorePoints.delete(point.id);
      await dropBytes(emulator, point.diskRestorePoints);
      const location = regionOf(point.source.location);
      const gone = { ...renderRestorePoint(emulator, point), type: RESTORE_POINT_TYPE, location };
      report(emulator, request, `${RESTORE_POINT_TYPE}/delete`, gone, { existed: true });
      return undefined;
    });
    return acceptedAnswer(request, { operation, place: placeOf(point.source), settings });
  };
