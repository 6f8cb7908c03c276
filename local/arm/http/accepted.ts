/** The answer to a request that goes on after it: where to look, and how long to wait before. */
import { type AsyncOperation, type OperationPlace, operationUrls } from "../operations.ts";
import type { ArmSettings } from "../settings.ts";
import type { ArmAnswer, ArmRequest } from "./arm-request.ts";

export interface Accepted {
  readonly operation: AsyncOperation;
  readonly place: OperationPlace;
  readonly settings: ArmSettings;
  /** 202 without a body, unless the resource is answered at once. */
  readonly created?: { readonly body: unknown; readonly sendLocation: boolean };
}

export function acceptedAnswer(
  { url, apiVersion }: ArmRequest,
  { operation, place, settings, created }: Accepted,
): ArmAnswer {
  const { status, monitor } = operationUrls(operation, place, url, apiVersion);
  const { retryAfterSeconds } = settings;
  return {
    status: created ? 201 : 202,
    ...(created ? { body: created.body } : {}),
    headers: {
      // Recorded: an operation is named after the request that started it.
      "x-ms-request-id": operation.id,
      "Azure-AsyncOperation": status,
      "Azure-AsyncNotification": "Enabled",
      ...(created?.sendLocation === false ? {} : { Location: monitor }),
      ...(retryAfterSeconds === undefined ? {} : { "Retry-After": `${retryAfterSeconds}` }),
    },
  };
}
