/** Microsoft.Network/networkInterfaces, as far as a VM needs one: with an address of its subnet. */
import { randomUUID } from "node:crypto";
import { z } from "zod";
import type { Emulator } from "../../emulator.ts";
import { ArmError, resourceNotFound } from "../../http/arm-error.ts";
import { type ArmRequest, type Handler, param, parseBody } from "../../http/arm-request.ts";
import { listAnswer } from "../../http/list-answer.ts";
import { demandMatch } from "../../http/preconditions.ts";
import type { ArmRoute } from "../../http/route.ts";
import { groupIdOf, NETWORK, SUBSCRIPTION, subscriptionIdOf } from "../../paths.ts";
import { demandRegion, demandSameRegion, regionOf } from "../../region.ts";
import { factsOf, report } from "../../report.ts";
import type { NetworkInterface } from "../../state/state.ts";
import { tagsSchema } from "../shared/tags.ts";
import { ownerOf } from "../virtual-machines/network-interfaces-of.ts";
import { headOf } from "./head-of.ts";
import { interfaceProperties } from "./interface-body.ts";
import { withAddresses } from "./private-addresses.ts";

const TYPE = "Microsoft.Network/networkInterfaces";

const readOnly = z.unknown().optional();

const body = z.strictObject({
  id: readOnly,
  name: readOnly,
  type: readOnly,
  etag: readOnly,
  location: z.string().min(1),
  tags: tagsSchema,
  properties: interfaceProperties,
});

const patchBody = z.strictObject({ tags: tagsSchema });

export const networkInterfaceRoutes = (emulator: Emulator): ArmRoute[] => {
  const versions = "network";
  const template = `${NETWORK}/networkInterfaces/{name}`;
  const inSubscription = `${SUBSCRIPTION}/providers/Microsoft.Network/networkInterfaces`;
  return [
    { method: "PUT", template, versions, handler: put(emulator) },
    { method: "PATCH", template, versions, handler: patch(emulator) },
    { method: "GET", template, versions, handler: get(emulator) },
    { method: "DELETE", template, versions, handler: remove(emulator) },
    {
      method: "GET",
      template: `${NETWORK}/networkInterfaces`,
      versions,
      handler: listIn(emulator, (request) => `${groupIdOf(request)}/`),
    },
    {
      method: "GET",
      template: inSubscription,
      versions,
      handler: listIn(emulator, (request) => `${subscriptionIdOf(request)}/`),
    },
  ];
};

const idOf = (request: ArmRequest): string =>
  `${groupIdOf(request)}/providers/${TYPE}/${param(request, "name")}`;

function demand({ state }: Emulator, request: ArmRequest): NetworkInterface {
  const found = state.networkInterfaces.get(idOf(request));
  if (found) return found;
  throw resourceNotFound(TYPE, param(request, "name"), param(request, "resourceGroup"));
}

const put =
  (emulator: Emulator): Handler =>
  (request) => {
    const { state } = emulator;
    const { location, tags, properties } = parseBody(body, request);
    demandRegion(location);
    const before = state.networkInterfaces.get(idOf(request));
    if (before) demandSameRegion(before, location);
    demandMatch(request, before);
    const made = { id: before?.id ?? idOf(request), location: regionOf(location) };
    return written(
      emulator,
      request,
      state.networkInterfaces.set({
        ...made,
        name: before?.name ?? param(request, "name"),
        tags,
        resourceGuid: before?.resourceGuid ?? randomUUID(),
        revision: (before?.revision ?? 0) + 1,
        properties: withAddresses(state, made, properties, before),
      }),
      before !== undefined,
    );
  };

const patch =
  (emulator: Emulator): Handler =>
  (request) => {
    const before = demand(emulator, request);
    demandMatch(request, before);
    const { tags = before.tags } = parseBody(patchBody, request);
    const revision = before.revision + 1;
    const changed = emulator.state.networkInterfaces.set({ ...before, tags, revision });
    return written(emulator, request, changed, true);
  };

function written(
  emulator: Emulator,
  request: ArmRequest,
  made: NetworkInterface,
  existed: boolean,
) {
  const resource = renderNetworkInterface(emulator, made);
  report(emulator, factsOf(request), { operationName: `${TYPE}/write`, resource, existed });
  return { status: existed ? 200 : 201, body: resource };
}

const get =
  (emulator: Emulator): Handler =>
  (request) => ({ status: 200, body: renderNetworkInterface(emulator, demand(emulator, request)) });

const remove =
  (emulator: Emulator): Handler =>
  (request) => {
    const { state } = emulator;
    const found = state.networkInterfaces.get(idOf(request));
    if (found === undefined) return { status: 204 };
    demandMatch(request, found);
    const owner = ownerOf(state, found);
    if (owner) {
      const message = `Network Interface ${found.id} is used by existing resource ${owner}. In order to delete the network interface, it must be dissociated from the resource.`;
      throw new ArmError(400, "NicInUse", message);
    }
    const resource = renderNetworkInterface(emulator, found);
    state.networkInterfaces.delete(found.id);
    const operationName = `${TYPE}/delete`;
    report(emulator, factsOf(request), { operationName, resource, existed: true });
    return { status: 200 };
  };

const listIn =
  (emulator: Emulator, prefixOf: (request: ArmRequest) => string): Handler =>
  (request) =>
    listAnswer(request, emulator.state.networkInterfaces, prefixOf(request), (each) =>
      renderNetworkInterface(emulator, each),
    );

export function renderNetworkInterface({ state }: Pick<Emulator, "state">, made: NetworkInterface) {
  const owner = ownerOf(state, made);
  return {
    ...headOf(TYPE, made),
    properties: {
      ...made.properties,
      provisioningState: "Succeeded",
      resourceGuid: made.resourceGuid,
      ...(owner ? { virtualMachine: { id: owner } } : {}),
    },
  };
}
