/** Microsoft.Network/virtualNetworks, as far as network interfaces need them: address space and subnets. */
import { randomUUID } from "node:crypto";
import { z } from "zod";
import type { Emulator } from "../../emulator.ts";
import { resourceNotFound } from "../../http/arm-error.ts";
import { type ArmRequest, type Handler, param, parseBody } from "../../http/arm-request.ts";
import { listAnswer } from "../../http/list-answer.ts";
import { demandMatch } from "../../http/preconditions.ts";
import type { ArmRoute } from "../../http/route.ts";
import { groupIdOf, NETWORK, SUBSCRIPTION, subscriptionIdOf } from "../../paths.ts";
import { demandRegion, demandSameRegion, regionOf } from "../../region.ts";
import { factsOf, report } from "../../report.ts";
import type { State, Subnet, VirtualNetwork } from "../../state/state.ts";
import { tagsSchema } from "../shared/tags.ts";
import { demandSubnets } from "./check-subnets.ts";
import { headOf } from "./head-of.ts";
import { demandUnused } from "./subnet-users.ts";

const TYPE = "Microsoft.Network/virtualNetworks";

export const SUBNET_TYPE = `${TYPE}/subnets`;

export const subnetProperties = z.looseObject({ addressPrefix: z.string().min(1) });

const subnet = z.looseObject({ name: z.string().min(1), properties: subnetProperties });

const body = z.looseObject({
  location: z.string().min(1),
  tags: tagsSchema,
  properties: z.looseObject({
    addressSpace: z.looseObject({ addressPrefixes: z.array(z.string().min(1)).min(1) }),
    subnets: z.array(subnet).default([]),
  }),
});

export const virtualNetworkRoutes = (emulator: Emulator): ArmRoute[] => {
  const versions = "network";
  const list = `${NETWORK}/virtualNetworks`;
  const template = `${list}/{name}`;
  const inSubscription = `${SUBSCRIPTION}/providers/${TYPE}`;
  const inGroup = listIn(emulator, (request) => `${groupIdOf(request)}/`);
  const everywhere = listIn(emulator, (request) => `${subscriptionIdOf(request)}/`);
  return [
    { method: "PUT", template, versions, handler: put(emulator) },
    { method: "GET", template, versions, handler: get(emulator) },
    { method: "DELETE", template, versions, handler: remove(emulator) },
    { method: "GET", template: list, versions, handler: inGroup },
    { method: "GET", template: inSubscription, versions, handler: everywhere },
  ];
};

const idOf = (request: ArmRequest): string =>
  `${groupIdOf(request)}/providers/${TYPE}/${param(request, "name")}`;

export const networkOf = ({ virtualNetworks }: State, request: ArmRequest) =>
  virtualNetworks.get(idOf(request));

export function demandNetwork({ state }: Emulator, request: ArmRequest): VirtualNetwork {
  const found = networkOf(state, request);
  if (found) return found;
  throw resourceNotFound(TYPE, param(request, "name"), param(request, "resourceGroup"));
}

const put =
  (emulator: Emulator): Handler =>
  (request) => {
    const { state } = emulator;
    const { location, tags, properties } = parseBody(body, request);
    const { subnets, ...others } = properties;
    demandRegion(location);
    const before = networkOf(state, request);
    if (before) demandSameRegion(before, location);
    demandMatch(request, before);
    const id = before?.id ?? idOf(request);
    const name = before?.name ?? param(request, "name");
    demandSubnets(state, { id, name, properties, subnets }, before);
    const made = state.virtualNetworks.set({
      id,
      name,
      location: regionOf(location),
      tags,
      resourceGuid: before?.resourceGuid ?? randomUUID(),
      revision: (before?.revision ?? 0) + 1,
      properties: others,
      subnets: subnets.map((each) => ({ name: each.name, properties: each.properties })),
    });
    const existed = before !== undefined;
    const resource = renderVirtualNetwork(made);
    report(emulator, factsOf(request), { operationName: `${TYPE}/write`, resource, existed });
    return { status: existed ? 200 : 201, body: resource };
  };

const get =
  (emulator: Emulator): Handler =>
  (request) => ({ status: 200, body: renderVirtualNetwork(demandNetwork(emulator, request)) });

const remove =
  (emulator: Emulator): Handler =>
  (request) => {
    const found = networkOf(emulator.state, request);
    if (found === undefined) return { status: 204 };
    demandMatch(request, found);
    for (const { name } of found.subnets) demandUnused(emulator.state, found.id, name);
    const resource = renderVirtualNetwork(found);
    emulator.state.virtualNetworks.delete(found.id);
    const operationName = `${TYPE}/delete`;
    report(emulator, factsOf(request), { operationName, resource, existed: true });
    return { status: 200 };
  };

const listIn =
  ({ state }: Emulator, prefixOf: (request: ArmRequest) => string): Handler =>
  (request) =>
    listAnswer(request, state.virtualNetworks, prefixOf(request), renderVirtualNetwork);

export const renderVirtualNetwork = (made: VirtualNetwork) => ({
  ...headOf(TYPE, made),
  properties: {
    ...made.properties,
    provisioningState: "Succeeded",
    resourceGuid: made.resourceGuid,
    subnets: made.subnets.map((each) => renderSubnet(made, each)),
  },
});

export const renderSubnet = ({ id, revision }: VirtualNetwork, { name, properties }: Subnet) => ({
  id: `${id}/subnets/${name}`,
  name,
  type: SUBNET_TYPE,
  etag: `W/"${revision}"`,
  properties: { ...properties, provisioningState: "Succeeded" },
});
