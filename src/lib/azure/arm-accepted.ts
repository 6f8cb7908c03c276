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

/** A PUT that goes on answers with 200 or 201, as one that is done does: the header tells which it is. */
export const acceptedOrDone = (
  response: PipelineResponse | undefined,
): Accepted | { kind: "done" } =>
  response?.status === 202 || response?.headers.has("azure-asyncoperation")
    ? accepted(response)
    : { kind: "done" };
