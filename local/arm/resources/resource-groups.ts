/** Microsoft.Resources/resourceGroups, as far as a fleet needs them. */
import { z } from "zod";
import { ArmError } from "../http/arm-error.ts";
import { type ArmRequest, type Handler, param, parseBody } from "../http/arm-request.ts";
import { listAnswer } from "../http/list-answer.ts";
import type { Route } from "../http/router.ts";
import { GROUP, groupIdOf, SUBSCRIPTION } from "../paths.ts";
import type { Emulator, ResourceGroup } from "../state.ts";
import { tagsSchema } from "./tag-values.ts";

const groupBody = z.looseObject({ location: z.string().min(1), tags: tagsSchema });

export const resourceGroupRoutes = (emulator: Emulator): Route[] => [
  { method: "PUT", template: GROUP, handler: put(emulator) },
  { method: "GET", template: GROUP, handler: get(emulator) },
  { method: "GET", template: `${SUBSCRIPTION}/resourceGroups`, handler: list(emulator) },
];

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
    const id = groupIdOf(request);
    const isNew = state.resourceGroups.get(id) === undefined;
    const name = param(request, "resourceGroup");
    const group = state.resourceGroups.set({ id, name, location, tags });
    return { status: isNew ? 201 : 200, body: render(group) };
  };

const get =
  (emulator: Emulator): Handler =>
  (request) => ({ status: 200, body: render(demandGroup(emulator, request)) });

const list =
  ({ state }: Emulator): Handler =>
  (request) => {
    const prefix = `/subscriptions/${param(request, "subscriptionId")}/resourceGroups/`;
    return listAnswer(request, state.resourceGroups.under(prefix), render);
  };

const render = ({ id, name, location, tags }: ResourceGroup) => ({
  id,
  name,
  type: "Microsoft.Resources/resourceGroups",
  location,
  ...(tags ? { tags } : {}),
  properties: { provisioningState: "Succeeded" },
});
