/** Microsoft.Resources/resourceGroups, as far as a fleet needs them. */
import { randomUUID } from "node:crypto";
import { z } from "zod";
import type { Emulator } from "../../emulator.ts";
import { acceptedAnswer } from "../../http/accepted.ts";
import { ArmError } from "../../http/arm-error.ts";
import { type ArmRequest, type Handler, param, parseBody } from "../../http/arm-request.ts";
import { listAnswer } from "../../http/list-answer.ts";
import type { ArmRoute } from "../../http/route.ts";
import { GROUP, GROUPS, groupIdOf, subscriptionIdOf } from "../../paths.ts";
import { demandRegion, demandSameRegion, regionOf } from "../../region.ts";
import { factsOf, report } from "../../report.ts";
import type { ResourceGroup } from "../../state/state.ts";
import { startOperation } from "../shared/start-operation.ts";
import { tagsSchema } from "../shared/tags.ts";
import { deleteResourceGroup, demandDeletable } from "./delete-resource-group.ts";
import { GROUP_OPERATIONS, renderResourceGroup } from "./render.ts";

const readOnly = z.unknown().optional();
const groupPatch = z.strictObject({
  id: readOnly,
  name: readOnly,
  type: readOnly,
  properties: readOnly,
  managedBy: z.string().nullish(),
  tags: tagsSchema,
});
const groupBody = groupPatch.extend({ location: z.string().min(1) });

export const resourceGroupRoutes = (emulator: Emulator): ArmRoute[] => {
  emulator.operations.behave("deleteResourceGroup", deleteResourceGroup(emulator));
  const versions = "resources";
  return [
    { method: "PUT", template: GROUP, versions, needsNoGroup: true, handler: put(emulator) },
    { method: "PATCH", template: GROUP, versions, handler: patch(emulator) },
    { method: "GET", template: GROUP, versions, handler: get(emulator) },
    { method: "HEAD", template: GROUP, versions, needsNoGroup: true, handler: head(emulator) },
    { method: "DELETE", template: GROUP, versions, handler: remove(emulator) },
    { method: "GET", template: GROUPS, versions, handler: list(emulator) },
  ];
};

/** Throws ARM's error when the request's resource group does not exist, or takes no more writes. */
export function demandGroup({ state }: Emulator, request: ArmRequest): ResourceGroup {
  const group = state.resourceGroups.get(groupIdOf(request));
  if (group) {
    if (request.method === "PUT" || request.method === "PATCH") demandNotDeleting(group);
    return group;
  }
  const message = `Resource group '${param(request, "resourceGroup")}' could not be found.`;
  throw new ArmError(404, "ResourceGroupNotFound", message);
}

function demandNotDeleting({ name, provisioningState }: ResourceGroup): void {
  if (provisioningState !== "Deleting") return;
  const message = `The resource group '${name}' is in deprovisioning state and cannot perform this operation.`;
  throw new ArmError(409, "ResourceGroupBeingDeleted", message);
}

const put =
  (emulator: Emulator): Handler =>
  (request) => {
    const { state } = emulator;
    const { location, tags } = parseBody(groupBody, request);
    demandRegion(location);
    const id = groupIdOf(request);
    const before = state.resourceGroups.get(id);
    if (before) {
      demandSameRegion(before, location);
      demandNotDeleting(before);
    }
    const group = state.resourceGroups.set({
      id: before?.id ?? id,
      name: before?.name ?? param(request, "resourceGroup"),
      incarnation: before ? before.incarnation : randomUUID(),
      location: regionOf(location),
      tags,
      provisioningState: "Succeeded",
    });
    return written(emulator, request, group, before !== undefined);
  };

const patch =
  (emulator: Emulator): Handler =>
  (request) => {
    const group = demandGroup(emulator, request);
    const { tags = group.tags } = parseBody(groupPatch, request);
    return written(emulator, request, emulator.state.resourceGroups.set({ ...group, tags }), true);
  };

function written(emulator: Emulator, request: ArmRequest, group: ResourceGroup, existed: boolean) {
  const resource = renderResourceGroup(group);
  const operationName = `${GROUP_OPERATIONS}/write`;
  report(emulator, factsOf(request), { operationName, resource, existed });
  return { status: existed ? 200 : 201, body: resource };
}

const get =
  (emulator: Emulator): Handler =>
  (request) => ({ status: 200, body: renderResourceGroup(demandGroup(emulator, request)) });

const head =
  ({ state }: Emulator): Handler =>
  (request) => ({ status: state.resourceGroups.get(groupIdOf(request)) ? 204 : 404 });

/** With everything that is in it. */
const remove =
  (emulator: Emulator): Handler =>
  (request) => {
    const { state, settings } = emulator;
    const group = demandGroup(emulator, request);
    demandDeletable(emulator, group);
    state.resourceGroups.set({ ...group, provisioningState: "Deleting" });
    const operation = startOperation(emulator, {
      kind: "deleteResourceGroup",
      target: group.id,
      location: group.location,
      input: { incarnation: group.incarnation },
      request: factsOf(request),
      ms: settings.deleteMs,
    });
    return acceptedAnswer(emulator, request, operation);
  };

const list =
  ({ state }: Emulator): Handler =>
  (request) => {
    const prefix = `${subscriptionIdOf(request)}/resourceGroups/`;
    return listAnswer(request, state.resourceGroups, prefix, renderResourceGroup);
  };
