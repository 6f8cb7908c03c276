/** Microsoft.Network/virtualNetworks/subnets: the subnets of a virtual network, one by one. */
import { z } from "zod";
import type { Emulator } from "../../emulator.ts";
import { ArmError } from "../../http/arm-error.ts";
import { type ArmRequest, type Handler, param, parseBody } from "../../http/arm-request.ts";
import { demandMatch } from "../../http/preconditions.ts";
import type { ArmRoute } from "../../http/route.ts";
import { NETWORK } from "../../paths.ts";
import { factsOf, report } from "../../report.ts";
import type { VirtualNetwork } from "../../state/state.ts";
import { demandSubnets } from "./check-subnets.ts";
import { subnetNamed } from "./find-subnet.ts";
import { demandUnused } from "./subnet-users.ts";
import {
  demandNetwork,
  networkOf,
  renderSubnet,
  SUBNET_TYPE,
  subnetProperties,
} from "./virtual-networks.ts";

const body = z.looseObject({ properties: subnetProperties });

export const subnetRoutes = (emulator: Emulator): ArmRoute[] => {
  const versions = "network";
  const list = `${NETWORK}/virtualNetworks/{name}/subnets`;
  const template = `${list}/{subnet}`;
  return [
    { method: "PUT", template, versions, handler: put(emulator) },
    { method: "GET", template, versions, handler: get(emulator) },
    { method: "DELETE", template, versions, handler: remove(emulator) },
    { method: "GET", template: list, versions, handler: listIn(emulator) },
  ];
};

const put =
  (emulator: Emulator): Handler =>
  (request) => {
    const { state } = emulator;
    const network = demandParent(emulator, request);
    const { properties } = parseBody(body, request);
    const before = subnetNamed(network, param(request, "subnet"));
    demandMatch(request, before && network);
    const subnet = { name: before?.name ?? param(request, "subnet"), properties };
    const subnets = before
      ? network.subnets.map((each) => (each === before ? subnet : each))
      : [...network.subnets, subnet];
    const revision = network.revision + 1;
    const changed = { ...network, subnets, revision };
    demandSubnets(state, changed, network);
    const resource = renderSubnet(state.virtualNetworks.set(changed), subnet);
    const existed = before !== undefined;
    tell(emulator, request, "write", { network, resource, existed });
    return { status: existed ? 200 : 201, body: resource };
  };

/** ARM's own refusal: it looks for the parent before it asks Microsoft.Network. */
function demandParent({ state }: Emulator, request: ArmRequest): VirtualNetwork {
  const network = networkOf(state, request);
  if (network) return network;
  const message = `Can not perform requested operation on nested resource. Parent resource '${param(request, "name")}' not found.`;
  throw new ArmError(404, "ParentResourceNotFound", message);
}

const get =
  (emulator: Emulator): Handler =>
  (request) => {
    const network = demandNetwork(emulator, request);
    const found = subnetNamed(network, param(request, "subnet"));
    if (found) return { status: 200, body: renderSubnet(network, found) };
    const id = `${network.id}/subnets/${param(request, "subnet")}`;
    throw new ArmError(404, "NotFound", `Resource ${id} not found.`);
  };

const remove =
  (emulator: Emulator): Handler =>
  (request) => {
    const { state } = emulator;
    const network = networkOf(state, request);
    const found = network && subnetNamed(network, param(request, "subnet"));
    if (network === undefined || found === undefined) return { status: 204 };
    demandMatch(request, network);
    demandUnused(state, network.id, found.name);
    const subnets = network.subnets.filter((each) => each !== found);
    state.virtualNetworks.set({ ...network, subnets, revision: network.revision + 1 });
    const resource = renderSubnet(network, found);
    tell(emulator, request, "delete", { network, resource, existed: true });
    return { status: 200 };
  };

interface Told {
  readonly network: VirtualNetwork;
  readonly resource: ReturnType<typeof renderSubnet>;
  readonly existed: boolean;
}

function tell(
  emulator: Emulator,
  request: ArmRequest,
  verb: "write" | "delete",
  { network: { location }, resource, existed }: Told,
): void {
  const operationName = `${SUBNET_TYPE}/${verb}`;
  const located = { ...resource, location };
  report(emulator, factsOf(request), { operationName, resource: located, existed });
}

const listIn =
  (emulator: Emulator): Handler =>
  (request) => {
    const network = demandNetwork(emulator, request);
    const value = network.subnets.map((each) => renderSubnet(network, each));
    return { status: 200, body: { value } };
  };
