/** Microsoft.Compute/restorePointCollections/restorePoints: create, read, delete. There is no list: expand the collection. */

import type { Emulator } from "../../emulator.ts";
import { acceptedAnswer } from "../../http/accepted.ts";
import { ArmError, entityNotFound, invalidParameter, notAllowed } from "../../http/arm-error.ts";
import {
  type ArmRequest,
  expands,
  type Handler,
  param,
  parseBody,
  queryOf,
} from "../../http/arm-request.ts";
import type { ArmRoute } from "../../http/route.ts";
import { RESTORE_POINT } from "../../paths.ts";
import { factsOf } from "../../report.ts";
import { checkDelete } from "../../rules/check-delete.ts";
import type { RestorePoint } from "../../state/state.ts";
import { RESTORE_POINTS_SINCE } from "../../versions/since.ts";
import { startOperation } from "../shared/start-operation.ts";
import { collectionIdOf, demandCollection } from "./collections.ts";
import { copiedRestorePoint, copyRestorePoint } from "./copy.ts";
import { createdRestorePoint, createRestorePoint } from "./create.ts";
import { deletedRestorePoint } from "./delete-restore-point.ts";
import { identityOf } from "./find.ts";
import { renderRestorePoint } from "./render.ts";
import { type RestorePointProperties, restorePointBody } from "./restore-point-body.ts";

export const restorePointRoutes = (emulator: Emulator): ArmRoute[] => {
  emulator.operations.behave("createRestorePoint", createdRestorePoint(emulator));
  emulator.operations.behave("copyRestorePoint", copiedRestorePoint(emulator));
  emulator.operations.behave("deleteRestorePoint", deletedRestorePoint(emulator));
  const one = {
    template: RESTORE_POINT,
    versions: "compute",
    since: RESTORE_POINTS_SINCE,
    type: "restorePoint",
  } as const;
  return [
    { ...one, method: "PUT", budget: "createRestorePoint", handler: put(emulator) },
    { ...one, method: "GET", budget: "getRestorePoint", handler: get(emulator) },
    { ...one, method: "DELETE", budget: "deleteRestorePoint", handler: remove(emulator) },
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
  (emulator: Emulator): Handler =>
  async (request) => {
    const collection = demandCollection(emulator, request);
    const { properties } = parseBody(restorePointBody, request);
    const before = emulator.state.restorePoints.get(idOf(request));
    if (before) return repeated(emulator, request, before, properties);
    if (collection.provisioningState === "Deleting") {
      throw notAllowed(`Restore point collection '${collection.name}' is being deleted.`);
    }
    const asked = { id: idOf(request), collection, properties, request };
    const { point, operation, headers } =
      collection.source.kind === "collection"
        ? await copyRestorePoint(emulator, asked)
        : await createRestorePoint(emulator, asked);
    const answer = acceptedAnswer(emulator, request, operation, {
      status: 201,
      body: renderRestorePoint(emulator, point),
      sendLocation: emulator.settings.sendLocationOnCreate,
    });
    return { ...answer, headers: { ...answer.headers, ...headers } };
  };

/** Azure does not say what a second PUT with the same body gets, so that is a setting. */
function repeated(
  emulator: Emulator,
  request: ArmRequest,
  point: RestorePoint,
  { consistencyMode, excludeDisks, sourceRestorePoint }: RestorePointProperties,
) {
  const asked = [
    consistencyMode ?? undefined,
    (excludeDisks ?? []).map(({ id }) => id.toLowerCase()).sort(),
    sourceRestorePoint?.id.toLowerCase(),
  ];
  const made = [
    point.requestedMode,
    point.excludeDiskIds.map((id) => id.toLowerCase()).sort(),
    point.copy?.sourceRestorePointId.toLowerCase(),
  ];
  const isSame = JSON.stringify(asked) === JSON.stringify(made);
  if (isSame && emulator.settings.repeatedRestorePointPut === "accepted") {
    return { status: 201, body: renderRestorePoint(emulator, point) };
  }
  const message = `Restore point '${param(request, "restorePoint")}' already exists. Updating properties of an existing restore point is not allowed.`;
  throw new ArmError(409, "Conflict", message);
}

const get =
  (emulator: Emulator): Handler =>
  (request) => {
    const point = demandRestorePoint(emulator, request);
    const expand = queryOf(request, "$expand");
    const instanceView = expands(request, "instanceView");
    if (expand !== undefined && !instanceView) {
      throw invalidParameter("$expand", `'${expand}' is not instanceView.`);
    }
    return { status: 200, body: renderRestorePoint(emulator, point, instanceView) };
  };

/** `$expand` is ignored: Azure's own README sends it. */
const remove =
  (emulator: Emulator): Handler =>
  (request) => {
    const { state, settings } = emulator;
    const point = state.restorePoints.get(idOf(request));
    if (point === undefined) return { status: 204 };
    const fault = checkDelete(emulator, point);
    state.restorePoints.set({ ...point, provisioningState: "Deleting" });
    const operation = startOperation(emulator, {
      kind: "deleteRestorePoint",
      target: point.id,
      location: point.location,
      input: { identity: identityOf(point) },
      request: factsOf(request),
      ms: settings.deleteMs,
      vmId: point.source.id,
      fault,
    });
    return acceptedAnswer(emulator, request, operation);
  };
