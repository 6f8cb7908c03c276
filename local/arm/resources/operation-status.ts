/** `…/locations/{location}/operations/{id}`: the status document, or the monitor that Location names. */
import { ArmError } from "../http/arm-error.ts";
import { type Handler, param } from "../http/arm-request.ts";
import type { Route } from "../http/router.ts";
import { COMPUTE_IN_SUBSCRIPTION } from "../paths.ts";
import type { Emulator } from "../state.ts";

export const operationStatusRoutes = (emulator: Emulator): Route[] => [
  {
    method: "GET",
    template: `${COMPUTE_IN_SUBSCRIPTION}/locations/{location}/operations/{operation}`,
    handler: getOperation(emulator),
  },
];

const getOperation =
  ({ operations }: Emulator): Handler =>
  (request) => {
    const operation = operations.get(param(request, "operation"));
    if (operation === undefined) {
      throw new ArmError(404, "NotFound", "The operation was not found.");
    }
    const { id, startTime, endTime, status, error } = operation;
    if (request.url.searchParams.get("monitor") === "true") {
      if (error) return { status: 409, body: { error } };
      return { status: status === "InProgress" ? 202 : 200 };
    }
    const body = {
      startTime: startTime.toISOString(),
      ...(endTime ? { endTime: endTime.toISOString() } : {}),
      status,
      ...(error ? { error } : {}),
      name: id,
    };
    return { status: 200, body };
  };
