/** Microsoft.Compute/virtualMachines: create, read, tag, delete, list. */
import { randomUUID } from "node:crypto";
import { resourceNotFound } from "../http/arm-error.ts";
import { type ArmRequest, expands, type Handler, param, parseBody } from "../http/arm-request.ts";
import { listAnswer, listed } from "../http/list-answer.ts";
import type { Route } from "../http/router.ts";
import {
  COMPUTE,
  COMPUTE_IN_SUBSCRIPTION,
  computeIdOf,
  groupIdOf,
  VIRTUAL_MACHINE,
} from "../paths.ts";
import { demandSameRegion } from "../region.ts";
import { report } from "../report.ts";
import type { Emulator, VirtualMachine } from "../state.ts";
import { renderVirtualMachine, VIRTUAL_MACHINE_TYPE } from "./render-virtual-machine.ts";
import { demandGroup } from "./resource-groups.ts";
import { virtualMachineBody, virtualMachinePatch } from "./virtual-machine-body.ts";
import { attachDisks } from "./virtual-machine-disks.ts";

export const virtualMachineRoutes = (emulator: Emulator): Route[] => [
  { method: "PUT", template: VIRTUAL_MACHINE, handler: put(emulator) },
  { method: "PATCH", template: VIRTUAL_MACHINE, handler: patch(emulator) },
  { method: "GET", template: VIRTUAL_MACHINE, handler: get(emulator) },
  { method: "DELETE", template: VIRTUAL_MACHINE, handler: remove(emulator) },
  { method: "GET", template: `${COMPUTE}/virtualMachines`, handler: listInGroup(emulator) },
  {
    method: "GET",
    template: `${COMPUTE_IN_SUBSCRIPTION}/virtualMachines`,
    handler: listAll(emulator),
  },
];

/** Throws ARM's 404 when the VM of the request does not exist. */
export function demandVirtualMachine({ state }: Emulator, request: ArmRequest): VirtualMachine {
  const vm = state.virtualMachines.get(idOf(request));
  if (vm) return vm;
  const group = param(request, "resourceGroup");
  throw resourceNotFound(VIRTUAL_MACHINE_TYPE, param(request, "name"), group);
}

const idOf = (request: ArmRequest): string =>
  computeIdOf(request, `virtualMachines/${param(request, "name")}`);

const WRITE = `${VIRTUAL_MACHINE_TYPE}/write`;

const put =
  (emulator: Emulator): Handler =>
  async (request) => {
    demandGroup(emulator, request);
    const body = parseBody(virtualMachineBody, request);
    const id = idOf(request);
    const name = param(request, "name");
    const existing = emulator.state.virtualMachines.get(id);
    if (existing) demandSameRegion(existing, body.location);
    const { storageProfile: _, ...properties } = body.properties;
    const disks = await attachDisks(emulator, { id, name, body });
    // Read after the wait: what was done to the VM meanwhile stays done.
    const before = emulator.state.virtualMachines.get(id);
    const vm = emulator.state.virtualMachines.set({
      id: before?.id ?? id,
      name: before?.name ?? name,
      location: body.location,
      tags: body.tags,
      zones: body.zones,
      identity: body.identity,
      vmId: before?.vmId ?? randomUUID(),
      timeCreated: before?.timeCreated ?? new Date(),
      properties,
      disks,
      powerState: before?.powerState ?? "running",
    });
    const rendered = renderVirtualMachine(emulator, vm);
    report(emulator, request, WRITE, rendered, { existed: before !== undefined });
    return { status: before ? 200 : 201, body: rendered };
  };

/** Tags are replaced as a whole, as in Azure. */
const patch =
  (emulator: Emulator): Handler =>
  (request) => {
    const vm = demandVirtualMachine(emulator, request);
    const { tags } = parseBody(virtualMachinePatch, request);
    if (tags) vm.tags = tags;
    const rendered = renderVirtualMachine(emulator, vm);
    report(emulator, request, WRITE, rendered, { existed: true });
    return { status: 200, body: rendered };
  };

const get =
  (emulator: Emulator): Handler =>
  (request) => {
    const vm = demandVirtualMachine(emulator, request);
    const body = renderVirtualMachine(emulator, vm, expands(request, "instanceView"));
    return { status: 200, body };
  };

/** Its disks and its restore point collections stay. */
const remove =
  (emulator: Emulator): Handler =>
  (request) => {
    const vm = emulator.state.virtualMachines.get(idOf(request));
    if (vm === undefined) return { status: 204 };
    const rendered = renderVirtualMachine(emulator, vm);
    emulator.state.virtualMachines.delete(vm.id);
    report(emulator, request, `${VIRTUAL_MACHINE_TYPE}/delete`, rendered, { existed: true });
    return { status: 200 };
  };

const listInGroup =
  (emulator: Emulator): Handler =>
  (request) => {
    const vms = emulator.state.virtualMachines.under(`${groupIdOf(request)}/`);
    return listAnswer(request, vms, (vm) => listed(renderVirtualMachine(emulator, vm)));
  };

const listAll =
  (emulator: Emulator): Handler =>
  (request) => {
    const prefix = `/subscriptions/${param(request, "subscriptionId")}/`;
    const vms = emulator.state.virtualMachines.under(prefix);
    return listAnswer(request, vms, (vm) => listed(renderVirtualMachine(emulator, vm)));
  };
