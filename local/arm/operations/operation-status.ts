/** `…/locations/{location}/operations/{id}`: the status document, or the monitor that Location names. */
import type { Access } from "../disk-endpoint/access.ts";
import type { Emulator } from "../emulator.ts";
import { ArmError } from "../http/arm-error.ts";
import { type ArmRequest, type Handler, param, queryOf } from "../http/arm-request.ts";
import type { ArmRoute } from "../http/route.ts";
import { COMPUTE_IN_SUBSCRIPTION, sameId } from "../paths.ts";
import { regionOf } from "../region.ts";
import { renderDisk } from "../resources/disks/render.ts";
import { renderRestorePoint } from "../resources/restore-points/render.ts";
import { renderVirtualMachine } from "../resources/virtual-machines/render.ts";
import { shapeOf } from "../versions/shape.ts";
import type { Operation } from "./operation.ts";

export const operationStatusRoutes = (emulator: Emulator): ArmRoute[] => {
  const location = `${COMPUTE_IN_SUBSCRIPTION}/locations/{location}`;
  return ["operations", "DiskOperations"].map((provider) => ({
    method: "GET",
    template: `${location}/${provider}/{operation}`,
    versions: "computeOperations",
    budget: "getOperation",
    handler: getOperation(emulator),
  }));
};

/** An operation is known in its own subscription only. */
const getOperation =
  (emulator: Emulator): Handler =>
  (request) => {
    const operation = emulator.operations.get(param(request, "operation"));
    if (operation === undefined || !isOf(request, operation)) {
      throw new ArmError(404, "NotFound", "The operation was not found.");
    }
    return queryOf(request, "monitor") === "true"
      ? monitor(emulator, request, operation)
      : { status: 200, body: statusDocument(emulator, operation) };
  };

const isOf = (request: ArmRequest, { subscriptionId, location }: Operation): boolean =>
  sameId(subscriptionId, param(request, "subscriptionId")) &&
  regionOf(location) === regionOf(param(request, "location"));

function statusDocument(emulator: Emulator, operation: Operation) {
  const { id, startTime, endTime, status, error } = operation;
  const output = outputOf(emulator, operation);
  return {
    startTime,
    ...(endTime ? { endTime } : {}),
    status,
    ...(error ? { error } : {}),
    ...(output ? { properties: { output } } : {}),
    name: id,
  };
}

/** 202 while it runs, then what the request would have answered had it not taken time. */
function monitor(emulator: Emulator, request: ArmRequest, operation: Operation) {
  const { status, error, kind } = operation;
  if (status === "InProgress") return { status: 202, headers: { Location: request.url.href } };
  if (error) return { status: 409, body: { error } };
  if (kind === "beginGetAccess") {
    const output = outputOf(emulator, operation);
    if (output) return { status: 200, body: output };
    throw new ArmError(404, "NotFound", "The result of the operation is no longer kept.");
  }
  return { status: 200, ...resourceOf(emulator, operation, request.apiVersion) };
}

/** In the shape of the api-version that asks; without a body where nothing is left to show. */
function resourceOf(
  emulator: Emulator,
  { kind, target }: Operation,
  apiVersion: string,
): { readonly body?: unknown } {
  const { disks, virtualMachines, restorePoints } = emulator.state;
  const disk = kind === "writeDisk" ? disks.get(target) : undefined;
  if (disk) return { body: shapeOf("disk", renderDisk(emulator, disk), apiVersion) };
  const vm = kind === "writeVirtualMachine" ? virtualMachines.get(target) : undefined;
  if (vm) {
    return { body: shapeOf("virtualMachine", renderVirtualMachine(emulator, vm), apiVersion) };
  }
  const isPoint = kind === "createRestorePoint" || kind === "copyRestorePoint";
  const point = isPoint ? restorePoints.get(target) : undefined;
  return point
    ? { body: shapeOf("restorePoint", renderRestorePoint(emulator, point), apiVersion) }
    : {};
}

/** The URL is made when it is asked for: nothing that is kept opens anything. */
function outputOf(
  { settings, clock, accessKey, diskEndpoint }: Emulator,
  { kind, endTime, output }: Operation,
) {
  if (kind !== "beginGetAccess" || endTime === undefined || output === undefined) return undefined;
  if (clock.now() - Date.parse(endTime) > settings.accessResultMs) return undefined;
  return { accessSAS: accessKey.urlOf(diskEndpoint, output as unknown as Access) };
}
