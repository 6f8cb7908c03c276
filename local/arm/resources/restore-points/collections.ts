/** Microsoft.Compute/restorePointCollections: the tracked resource that holds a VM's restore points. */

import { randomUUID } from "node:crypto";
import type { Emulator } from "../../emulator.ts";
import { acceptedAnswer } from "../../http/accepted.ts";
import { invalidParameter, notAllowed, resourceNotFound } from "../../http/arm-error.ts";
import {
  type ArmRequest,
  expands,
  type Handler,
  param,
  parseBody,
  queryOf,
} from "../../http/arm-request.ts";
import { listAnswer, listed } from "../../http/list-answer.ts";
import type { ArmRoute } from "../../http/route.ts";
import {
  COLLECTION,
  COMPUTE,
  COMPUTE_IN_SUBSCRIPTION,
  computeIdOf,
  groupIdOf,
  rooted,
  sameId,
  subscriptionIdOf,
} from "../../paths.ts";
import { demandRegion, demandSameRegion, regionOf } from "../../region.ts";
import { factsOf, report } from "../../report.ts";
import { demandNoAccess } from "../../rules/active-access.ts";
import { copyUnderWayFrom } from "../../rules/check-delete.ts";
import { demandRoomForCollection } from "../../rules/collection-limit.ts";
import { demandFeature } from "../../rules/previews.ts";
import type { RestorePointCollection } from "../../state/state.ts";
import { RESTORE_POINTS_SINCE } from "../../versions/since.ts";
import { startOperation } from "../shared/start-operation.ts";
import { collectionBody, collectionPatch } from "./collection-body.ts";
import { sourceOf } from "./collection-source.ts";
import { deleteCollection } from "./delete-collection.ts";
import { pointsIn } from "./find.ts";
import { COLLECTION_TYPE, renderCollection } from "./render.ts";

export const restorePointCollectionRoutes = (emulator: Emulator): ArmRoute[] => {
  emulator.operations.behave("deleteRestorePointCollection", deleteCollection(emulator));
  const common = {
    versions: "compute",
    since: RESTORE_POINTS_SINCE,
    type: "restorePointCollection",
  } as const;
  const one = { ...common, template: COLLECTION };
  const list = { ...common, method: "GET", budget: "highCostGet" } as const;
  return [
    { ...one, method: "PUT", handler: put(emulator) },
    { ...one, method: "PATCH", handler: patch(emulator) },
    { ...one, method: "GET", budget: "getRestorePoint", handler: get(emulator) },
    { ...one, method: "DELETE", budget: "deleteRestorePoint", handler: remove(emulator) },
    {
      ...list,
      template: `${COMPUTE}/restorePointCollections`,
      handler: listIn(emulator, (request) => `${groupIdOf(request)}/`),
    },
    {
      ...list,
      template: `${COMPUTE_IN_SUBSCRIPTION}/restorePointCollections`,
      handler: listIn(emulator, (request) => `${subscriptionIdOf(request)}/`),
    },
  ];
};

export const collectionIdOf = (request: ArmRequest): string =>
  computeIdOf(request, `restorePointCollections/${param(request, "collection")}`);

/** Throws ARM's 404 when the collection of the request does not exist. */
export function demandCollection({ state }: Emulator, request: ArmRequest): RestorePointCollection {
  const collection = state.collections.get(collectionIdOf(request));
  if (collection) return collection;
  const group = param(request, "resourceGroup");
  throw resourceNotFound(COLLECTION_TYPE, param(request, "collection"), group);
}

/** "When updating a restore point collection, only tags may be modified", and since 2025 `instantAccess`. */
const put =
  (emulator: Emulator): Handler =>
  (request) => {
    const { location, tags, properties } = parseBody(collectionBody, request);
    demandRegion(location);
    const before = emulator.state.collections.get(collectionIdOf(request));
    const instantAccess = properties.instantAccess ?? undefined;
    if (before) {
      demandSameRegion(before, location);
      demandSameSource(before, properties.source.id);
      return written(emulator, request, { ...before, tags, instantAccess }, true);
    }
    const { subscriptionId = "" } = request.params;
    const source = sourceOf(emulator, { subscriptionId, id: properties.source.id, location });
    demandRoomForCollection(emulator, request, regionOf(location));
    const made: RestorePointCollection = {
      id: collectionIdOf(request),
      name: param(request, "collection"),
      location: regionOf(location),
      tags,
      collectionId: randomUUID(),
      source,
      instantAccess,
      provisioningState: "Succeeded",
    };
    return written(emulator, request, made, false);
  };

const patch =
  (emulator: Emulator): Handler =>
  (request) => {
    const before = demandCollection(emulator, request);
    const { tags = before.tags, properties } = parseBody(collectionPatch, request);
    if (properties?.source) demandSameSource(before, properties.source.id);
    const instantAccess = properties?.instantAccess ?? before.instantAccess;
    return written(emulator, request, { ...before, tags, instantAccess }, true);
  };

function written(
  emulator: Emulator,
  request: ArmRequest,
  collection: RestorePointCollection,
  existed: boolean,
) {
  if (collection.instantAccess) {
    demandFeature(emulator, param(request, "subscriptionId"), "instantAccess");
  }
  if (collection.provisioningState === "Deleting") {
    throw notAllowed(`Restore point collection '${collection.name}' is being deleted.`);
  }
  const resource = renderCollection(emulator, emulator.state.collections.set(collection));
  const operationName = `${COLLECTION_TYPE}/write`;
  report(emulator, factsOf(request), { operationName, resource, existed });
  return { status: existed ? 200 : 201, body: resource };
}

function demandSameSource({ source }: RestorePointCollection, asked: string): void {
  if (sameId(source.id, rooted(asked))) return;
  throw invalidParameter("properties.source.id", "the source of a collection cannot change.");
}

const get =
  (emulator: Emulator): Handler =>
  (request) => {
    const collection = demandCollection(emulator, request);
    const expand = queryOf(request, "$expand");
    const expanded = expands(request, "restorePoints");
    if (expand !== undefined && !expanded) {
      throw invalidParameter("$expand", `'${expand}' is not restorePoints.`);
    }
    return { status: 200, body: renderCollection(emulator, collection, expanded) };
  };

/** "Will also delete all the contained restore points." */
const remove =
  (emulator: Emulator): Handler =>
  (request) => {
    const { state, settings } = emulator;
    const collection = state.collections.get(collectionIdOf(request));
    if (collection === undefined) return { status: 204 };
    const points = pointsIn(emulator, collection);
    if (points.some(({ provisioningState }) => provisioningState === "Creating")) {
      throw notAllowed("A restore point in the collection is being created.");
    }
    const copy = copyUnderWayFrom(emulator, collection);
    if (copy) throw notAllowed(`Restore points of the collection are being copied to ${copy.id}.`);
    const fault = demandNoAccess(emulator, collection.id);
    state.collections.set({ ...collection, provisioningState: "Deleting" });
    const operation = startOperation(emulator, {
      kind: "deleteRestorePointCollection",
      target: collection.id,
      location: collection.location,
      input: { collectionId: collection.collectionId },
      request: factsOf(request),
      ms: settings.deleteMs,
      vmId: collection.source.id,
      fault,
    });
    return acceptedAnswer(emulator, request, operation);
  };

const listIn =
  (emulator: Emulator, prefixOf: (request: ArmRequest) => string): Handler =>
  (request) =>
    listAnswer(request, emulator.state.collections, prefixOf(request), (each) =>
      listed(renderCollection(emulator, each)),
    );
