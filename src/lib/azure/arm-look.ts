/** One look at an asynchronous operation: a plain GET of its status URL through the client's own pipeline. */
import type { ComputeManagementClient } from "@azure/arm-compute";
import { createPipelineRequest, type HttpClient } from "@azure/core-rest-pipeline";
import type { ArmFailure, Look } from "../operations/arm.ts";
import { failureIn, isObject, problemOf, retryAfterOf } from "./arm-failure.ts";

/** The pipeline adds our token to any https address, so a URL that is not ARM's is refused before it is asked. */
export async function lookAt(
  { pipeline }: Pick<ComputeManagementClient, "pipeline">,
  http: HttpClient,
  endpoint: string,
  statusUrl: string,
  abortSignal: AbortSignal,
): Promise<Look | ArmFailure> {
  if (URL.parse(statusUrl)?.origin !== new URL(endpoint).origin) {
    const message = "The operation's status URL is not on the configured ARM endpoint.";
    return { kind: "refused", conflict: false, error: { code: "ForeignStatusUrl", message } };
  }
  const request = createPipelineRequest({ url: statusUrl, method: "GET", abortSignal });
  const response = await pipeline.sendRequest(http, request);
  if (response.status >= 400) return failureIn(response);
  // An operation without a body is one that Location describes: 202 while it runs.
  const body: unknown = response.bodyAsText ? JSON.parse(response.bodyAsText) : undefined;
  const status = isObject(body) ? String(body["status"]).toLowerCase() : "";
  if (status === "succeeded") return { kind: "succeeded" };
  if (status === "failed" || status === "canceled")
    return { kind: "failed", error: problemOf(body) };
  const retryAfterMs = retryAfterOf(response);
  return { kind: "running", ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };
}
