/** Microsoft.Compute/virtualMachines: the requests. */
import type { Emulator } from "../../emulator.ts";
import { acceptedAnswer } from "../../http/accepted.ts";
import { invalidParameter, resourceNotFound } from "../../http/arm-error.ts";
import {
  type ArmRequest,
  expands,
  type Handler,
  param,
  parseBody,
  queryOf,
} from "../../http/arm-request.ts";
import { listAnswer, listed } from "../../http/list-answer.ts";
import { demandMatch } from "../../http/preconditions.ts";
import type { ArmRoute } from "../../http/route.ts";
import {
  COMPUTE,
  COMPUTE_IN_SUBSCRIPTION,
  computeIdOf,
  groupIdOf,
  subscriptionIdOf,
  VIRTUAL_MACHINE,
} from "../../paths.ts";
import { regionOf } from "../../region.ts";
import { factsOf } from "../../report.ts";
import type { VirtualMachine } from "../../state/state.ts";
import { startOperation } from "../shared/start-operation.ts";
import { virtualMachineBody, virtualMachinePatch } from "./body.ts";
import { deleteVirtualMachine } from "./delete-virtual-machine.ts";
import { patchedBody } from "./patched-body.ts";
import { renderInstanceView, renderVirtualMachine, VIRTUAL_MACHINE_TYPE } from "./render.ts";
import { writeVirtualMachine, writtenVirtualMachine } from "./write-virtual-machine.ts";

export const virtualMachineRoutes = (emulator: Emulator): ArmRoute[] => {
  emulator.operations.behave("writeVirtualMachine", writtenVirtualMachine(emulator));
  emulator.operations.behave("deleteVirtualMachine", deleteVirtualMachine(emulator));
  const common = { versions: "compute", type: "virtualMachine" } as const;
  const one = { ...common, template: VIRTUAL_MACHINE };
  const inGroup = `${COMPUTE}/virtualMachines`;
  const inSubscription = `${COMPUTE_IN_SUBSCRIPTION}/virtualMachines`;
  const list = { ...common, method: "GET", budget: "highCostGet" } as const;
  return [
    { ...one, method: "PUT", budget: "putVirtualMachine", handler: put(emulator) },
    { ...one, method: "PATCH", budget: "patchVirtualMachine", handler: patch(emulator) },
    { ...one, method: "GET", budget: "getVirtualMachine", handler: get(emulator) },
    { ...one, method: "DELETE", budget: "deleteVirtualMachine", handler: remove(emulator) },
    {
      method: "GET",
      template: `${VIRTUAL_MACHINE}/instanceView`,
      versions: "compute",
      budget: "getVirtualMachine",
      handler: instanceView(emulator),
    },
    { ...list, template: inGroup, handler: listIn(emulator, (each) => `${groupIdOf(each)}/`) },
    {
      ...list,
      template: inSubscription,
      handler: listIn(emulator, (each) => `${subscriptionIdOf(each)}/`),
    },
  ];
};

/** Throws ARM's 404 when the VM of the request does not exist. */
export function demandVirtualMachine({ state }: Emulator, request: ArmRequest): VirtualMachine {
  const vm = state.virtualMachines.get(idOf(request));
  if (vm) return vm;
  const group = param(request, "resourceGroup");
  throw resourceNotFound(VIRTUAL_MACHINE_TYPE, param(request, "name"), group);
}

const idOf = (request: ArmRequest): string =>
  computeIdOf(request, `virtualMachines/${param(request, "name")}`);

const put =
  (emulator: Emulator): Handler =>
  (request) => {
    const body = parseBody(virtualMachineBody, request);
    const before = emulator.state.virtualMachines.get(idOf(request));
    demandMatch(request, before);
    return accept(emulator, request, { before, body });
  };

const patch =
  (emulator: Emulator): Handler =>
  (request) => {
    const before = demandVirtualMachine(emulator, request);
    demandMatch(request, before);
    const body = patchedBody(emulator, before, parseBody(virtualMachinePatch, request));
    const { status, ...answer } = accept(emulator, request, {
      before,
      body: parseBody(virtualMachineBody, { ...request, body }),
    });
    return { ...answer, status: status === 201 ? 200 : status };
  };

function accept(
  emulator: Emulator,
  request: ArmRequest,
  { before, body }: Pick<Parameters<typeof writeVirtualMachine>[1], "before" | "body">,
) {
  const { state, settings } = emulator;
  const id = before?.id ?? idOf(request);
  const name = before?.name ?? param(request, "name");
  const vm = writeVirtualMachine(emulator, { id, name, body, before });
  const operation = startOperation(emulator, {
    kind: "writeVirtualMachine",
    target: vm.id,
    location: regionOf(vm.location),
    input: { existed: before !== undefined, vmId: vm.vmId },
    request: factsOf(request),
    ms: settings.virtualMachineWriteMs,
  });
  const answered = renderVirtualMachine(emulator, state.virtualMachines.get(vm.id) ?? vm);
  return acceptedAnswer(emulator, request, operation, {
    status: before ? 200 : 201,
    body: answered,
  });
}

const get =
  (emulator: Emulator): Handler =>
  (request) => {
    const vm = demandVirtualMachine(emulator, request);
    const view = expands(request, "instanceView");
    const expand = queryOf(request, "$expand");
    if (expand !== undefined && !view && expand.toLowerCase() !== "userdata") {
      throw invalidParameter("$expand", `'${expand}' is not one of instanceView, userData.`);
    }
    const headers = { ETag: `"${vm.revision}"` };
    return { status: 200, headers, body: renderVirtualMachine(emulator, vm, view) };
  };

const instanceView =
  (emulator: Emulator): Handler =>
  (request) => {
    const vm = demandVirtualMachine(emulator, request);
    return { status: 200, body: renderInstanceView(emulator, vm) };
  };

/** Its disks stay unless it was to delete them, and its restore point collections stay in any case. */
const remove =
  (emulator: Emulator): Handler =>
  (request) => {
    const { state, settings } = emulator;
    const vm = state.virtualMachines.get(idOf(request));
    if (vm === undefined) return { status: 204 };
    state.virtualMachines.set({
      ...vm,
      provisioningState: "Deleting",
      revision: vm.revision + 1,
    });
    const operation = startOperation(emulator, {
      kind: "deleteVirtualMachine",
      target: vm.id,
      location: regionOf(vm.location),
      input: { vmId: vm.vmId },
      request: factsOf(request),
      ms: settings.virtualMachineWriteMs,
    });
    return acceptedAnswer(emulator, request, operation);
  };

const listIn =
  (emulator: Emulator, prefixOf: (request: ArmRequest) => string): Handler =>
  (request) => {
    if (queryOf(request, "$filter") !== undefined) {
      throw invalidParameter("$filter", "the emulator lists without a filter.");
    }
    const view = expands(request, "instanceView") || queryOf(request, "statusOnly") === "true";
    return listAnswer(request, emulator.state.virtualMachines, prefixOf(request), (vm) =>
      listed(renderVirtualMachine(emulator, vm, view)),
    );
  };
