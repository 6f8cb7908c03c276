/** Microsoft.Resources/resourceGroups, as far as a fleet needs them. */
import { z } from "zod";
import type { Emulator } from "../../emulator.ts";
import { acceptedAnswer } from "../../http/accepted.ts";
import { ArmError } from "../../http/arm-error.ts";
import { type ArmRequest, type Handler, param, parseBody } from "../../http/arm-request.ts";
import { listAnswer } from "../../http/list-answer.ts";
import type { ArmRoute } from "../../http/route.ts";
import { GROUP, GROUPS, groupIdOf, subscriptionIdOf } from "../../paths.ts";
import { demandRegion, demandSameRegion, regionOf } from "../../region.ts";
import { factsOf } from "../../report.ts";
import type { ResourceGroup } from "../../state/state.ts";
import { tagsSchema } from "../shared/tags.ts";
import { deleteResourceGroup, demandDeletable } from "./delete-resource-group.ts";

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

/** Throws ARM's 404 when the request's resource group does not exist. */
export function demandGroup({ state }: Emulator, request: ArmRequest): ResourceGroup {
  const group = state.resourceGroups.get(groupIdOf(request));
  if (group) return group;
  const message = `Resource group '${param(request, "resourceGroup")}' could not be found.`;
  throw new ArmError(404, "ResourceGroupNotFound", message);
}

const put =
  ({ state }: Emulator): Handler =>
  (request) => {
    const { location, tags } = parseBody(groupBody, request);
    demandRegion(location);
    const id = groupIdOf(request);
    const before = state.resourceGroups.get(id);
    if (before) demandSameRegion(before, location);
    const group = state.resourceGroups.set({
      id: before?.id ?? id,
      name: before?.name ?? param(request, "resourceGroup"),
      location: regionOf(location),
      tags,
      provisioningState: "Succeeded",
    });
    return { status: before ? 200 : 201, body: renderResourceGroup(group) };
  };

const patch =
  (emulator: Emulator): Handler =>
  (request) => {
    const group = demandGroup(emulator, request);
    const { tags = group.tags } = parseBody(groupPatch, request);
    return {
      status: 200,
      body: renderResourceGroup(emulator.state.resourceGroups.set({ ...group, tags })),
    };
  };

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
    const { state, operations, settings } = emulator;
    const group = demandGroup(emulator, request);
    demandDeletable(emulator, group);
    state.resourceGroups.set({ ...group, provisioningState: "Deleting" });
    const operation = operations.start(
      {
        kind: "deleteResourceGroup",
        target: group.id,
        subscriptionId: param(request, "subscriptionId"),
        location: group.location,
        input: {},
        request: factsOf(request),
      },
      settings.deleteMs,
    );
    return acceptedAnswer(emulator, request, operation);
  };

const list =
  ({ state }: Emulator): Handler =>
  (request) => {
    const prefix = `${subscriptionIdOf(request)}/resourceGroups/`;
    return listAnswer(request, state.resourceGroups, prefix, renderResourceGroup);
  };

export const renderResourceGroup = ({
  id,
  name,
  location,
  tags,
  provisioningState,
}: ResourceGroup) => ({
  id,
  name,
  type: "Microsoft.Resources/resourceGroups",
  location,
  ...(tags ? { tags } : {}),
  properties: { provisioningState },
});
