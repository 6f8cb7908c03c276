/** Microsoft.Compute/restorePointCollections: the tracked resource that holds a VM's restore points. */
import { randomUUID } from "node:crypto";
import { z } from "zod";
import { acceptedAnswer } from "../http/accepted.ts";
import { ArmError, invalidParameter, resourceNotFound } from "../http/arm-error.ts";
import { type ArmRequest, expands, type Handler, param, parseBody } from "../http/arm-request.ts";
import { listAnswer, listed } from "../http/list-answer.ts";
import type { Route } from "../http/router.ts";
import {
  COLLECTION,
  COMPUTE,
  COMPUTE_IN_SUBSCRIPTION,
  computeIdOf,
  groupIdOf,
  partsOf,
} from "../paths.ts";
import { demandSameRegion, regionOf } from "../region.ts";
import { report } from "../report.ts";
import type { Emulator, RestorePoint, RestorePointCollection } from "../state.ts";
import { dropBytes } from "../unneeded-bytes.ts";
import { renderRestorePoint } from "./render-restore-point.ts";
import { demandGroup } from "./resource-groups.ts";
import { tagsSchema } from "./tag-values.ts";

const COLLECTION_TYPE = "Microsoft.Compute/restorePointCollections";
export const RESTORE_POINTS_SINCE = "2021-03-01";

const collectionBody = z.looseObject({
  location: z.string().min(1),
  tags: tagsSchema,
  properties: z.looseObject({ source: z.looseObject({ id: z.string().min(1) }) }),
});

const collectionPatch = z.looseObject({ tags: tagsSchema });

export const restorePointCollectionRoutes = (emulator: Emulator): Route[] => {
  const since = RESTORE_POINTS_SINCE;
  const inGroup = `${COMPUTE}/restorePointCollections`;
  const inSubscription = `${COMPUTE_IN_SUBSCRIPTION}/restorePointCollections`;
  return [
    { method: "PUT", template: COLLECTION, since, handler: put(emulator) },
    { method: "PATCH", template: COLLECTION, since, handler: patch(emulator) },
    { method: "GET", template: COLLECTION, since, handler: get(emulator) },
    { method: "DELETE", template: COLLECTION, since, handler: remove(emulator) },
    { method: "GET", template: inGroup, since, handler: listInGroup(emulator) },
    { method: "GET", template: inSubscription, since, handler: listAll(emulator) },
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

const WRITE = `${COLLECTION_TYPE}/write`;

/** "When updating a restore point collection, only tags may be modified." */
const put =
  (emulator: Emulator): Handler =>
  (request) => {
    demandGroup(emulator, request);
    const { location, tags, properties } = parseBody(collectionBody, request);
    const before = emulator.state.collections.get(collectionIdOf(request));
    if (before) {
      demandSameRegion(before, location);
      if (before.sourceVmId.toLowerCase() !== properties.source.id.toLowerCase()) {
        throw invalidParameter("properties.source.id: the source of a collection cannot change.");
      }
      before.tags = tags;
      report(emulator, request, WRITE, render(emulator, before), { existed: true });
      return { status: 200, body: render(emulator, before) };
    }
    const collection = emulator.state.collections.set({
      id: collectionIdOf(request),
      name: param(request, "collection"),
      location: regionOf(location),
      tags,
      collectionId: randomUUID(),
      ...sourceOf(emulator, properties.source.id, location),
    });
    report(emulator, request, WRITE, render(emulator, collection));
    return { status: 201, body: render(emulator, collection) };
  };

function sourceOf({ state }: Emulator, id: string, location: string) {
  const vm = state.virtualMachines.get(id);
  if (vm === undefined) {
    const { group, name } = partsOf(id);
    throw resourceNotFound("Microsoft.Compute/virtualMachines", name, group);
  }
  // Creation straight from a VM in another region was a preview, and is withdrawn.
  if (regionOf(vm.location) !== regionOf(location)) {
    throw invalidParameter(`location: the source VM is in ${vm.location}.`);
  }
  return { sourceVmId: vm.id, sourceVmGuid: vm.vmId, sourceLocation: vm.location };
}

const patch =
  (emulator: Emulator): Handler =>
  (request) => {
    const collection = demandCollection(emulator, request);
    const { tags } = parseBody(collectionPatch, request);
    if (tags) collection.tags = tags;
    report(emulator, request, WRITE, render(emulator, collection), { existed: true });
    return { status: 200, body: render(emulator, collection) };
  };

const get =
  (emulator: Emulator): Handler =>
  (request) => {
    const collection = demandCollection(emulator, request);
    return { status: 200, body: render(emulator, collection, expands(request, "restorePoints")) };
  };

/** "Will also delete all the contained restore points." */
const remove =
  (emulator: Emulator): Handler =>
  (request) => {
    const { state, settings, operations } = emulator;
    const collection = state.collections.get(collectionIdOf(request));
    if (collection === undefined) return { status: 204 };
    if (restorePointsIn(emulator, collection).some(isBeingCreated)) {
      throw new ArmError(409, "OperationNotAllowed", "A restore point in it is being created.");
    }
    const operation = operations.start(settings.deleteMs, async () => {
      const points = restorePointsIn(emulator, collection);
      for (const { id } of points) state.restorePoints.delete(id);
      state.collections.delete(collection.id);
      await dropBytes(
        emulator,
        points.flatMap(({ diskRestorePoints }) => diskRestorePoints),
      );
      const rendered = render(emulator, collection);
      report(emulator, request, `${COLLECTION_TYPE}/delete`, rendered, { existed: true });
      return undefined;
    });
    const { subscriptionId } = partsOf(collection.id);
    const place = { subscriptionId, location: collection.location };
    return acceptedAnswer(request, { operation, place, settings });
  };

const listInGroup =
  (emulator: Emulator): Handler =>
  (request) =>
    listAnswer(request, emulator.state.collections.under(`${groupIdOf(request)}/`), (each) =>
      listed(render(emulator, each)),
    );

const listAll =
  (emulator: Emulator): Handler =>
  (request) => {
    const prefix = `/subscriptions/${param(request, "subscriptionId")}/`;
    const collections = emulator.state.collections.under(prefix);
    return listAnswer(request, collections, (each) => listed(render(emulator, each)));
  };

const restorePointsIn = ({ state }: Emulator, { id }: RestorePointCollection) =>
  state.restorePoints.under(`${id}/restorePoints/`);

const isBeingCreated = ({ provisioningState }: RestorePoint): boolean =>
  provisioningState === "Creating";

function render(emulator: Emulator, collection: RestorePointCollection, expanded = false) {
  const points = expanded ? restorePointsIn(emulator, collection) : undefined;
  return {
    id: collection.id,
    name: collection.name,
    type: COLLECTION_TYPE,
    location: collection.location,
    ...(collection.tags ? { tags: collection.tags } : {}),
    properties: {
      source: { id: collection.sourceVmId, location: collection.sourceLocation },
      provisioningState: "Succeeded",
      restorePointCollectionId: collection.collectionId,
      ...(points
        ? { restorePoints: points.map((point) => renderRestorePoint(emulator, point)) }
        : {}),
    },
  };
}
