/** What ARM says when it has taken a request. */
import type { PipelineResponse } from "@azure/core-rest-pipeline";
import type { Accepted } from "../operations/arm.ts";
import { retryAfterOf } from "./arm-failure.ts";

export function accepted(response: PipelineResponse | undefined): Accepted {
  const headers = response?.headers;
  const statusUrl = headers?.get("azure-asyncoperation") ?? headers?.get("location");
  const retryAfterMs = response && retryAfterOf(response);
  return {
    kind: "accepted",
    ...(statusUrl === undefined ? {} : { statusUrl }),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  };
}

export const acceptedOrDone = (
  response: PipelineResponse | undefined,
): Accepted | { kind: "done" } =>
  response?.status === 202 ? accepted(response) : { kind: "done" };
