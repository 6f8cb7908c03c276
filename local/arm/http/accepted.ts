/** The answer to a request that goes on after it: where to look, and how long to wait before. */
import type { Emulator } from "../emulator.ts";
import type { Operation } from "../operations/operation.ts";
import type { ArmAnswer, ArmRequest } from "./arm-request.ts";

export interface AcceptedOptions {
  /** Default 202. */
  readonly status?: 200 | 201 | 202;
  readonly body?: unknown;
  /** Disks have their own place for operations. */
  readonly provider?: "operations" | "DiskOperations";
  readonly sendLocation?: boolean;
}

export function acceptedAnswer(
  { settings: { retryAfterSeconds } }: Pick<Emulator, "settings">,
  { url, apiVersion }: ArmRequest,
  operation: Operation,
  options: AcceptedOptions = {},
): ArmAnswer {
  const { status = 202, body, provider = "operations", sendLocation = true } = options;
  const { id, subscriptionId, location } = operation;
  const base = `${url.origin}/subscriptions/${subscriptionId}/providers/Microsoft.Compute/locations/${location}/${provider}/${id}`;
  return {
    status,
    ...(body === undefined ? {} : { body }),
    headers: {
      // Recorded: an operation is named after the request that started it.
      "x-ms-request-id": id,
      "Azure-AsyncOperation": `${base}?api-version=${apiVersion}`,
      "Azure-AsyncNotification": "Enabled",
      ...(sendLocation ? { Location: `${base}?monitor=true&api-version=${apiVersion}` } : {}),
      ...(retryAfterSeconds === undefined ? {} : { "Retry-After": `${retryAfterSeconds}` }),
    },
  };
}
