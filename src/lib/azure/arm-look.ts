/** One look at an asynchronous operation: a plain GET of its status URL through the client's own pipeline. */
import type { ComputeManagementClient } from "@azure/arm-compute";
import type { HttpClient } from "@azure/core-rest-pipeline";
import type { ArmFailure, Look } from "../operations/arm.ts";
import { failureIn, isObject, problemOf, retryAfterOf } from "./arm-failure.ts";
import { bodyOf, getFrom, isOn } from "./arm-get.ts";

/**
 * Nothing is kept of an operation that has succeeded: the status of a beginGetAccess holds the SAS.
 * A URL that is not ARM's is refused before it is asked.
 */
export async function lookAt(
  { pipeline }: Pick<ComputeManagementClient, "pipeline">,
  http: HttpClient,
  endpoint: string,
  statusUrl: string,
  abortSignal: AbortSignal,
): Promise<Look | ArmFailure> {
  if (!isOn(endpoint, statusUrl)) {
    const message = "The operation's status URL is not on the configured ARM endpoint.";
    return { kind: "refused", conflict: false, error: { code: "ForeignStatusUrl", message } };
  }
  const response = await getFrom(pipeline, http, statusUrl, abortSignal);
  if (response.status >= 400) return failureIn(response);
  // An operation without a body is one that Location describes: 202 while it runs.
  const body = bodyOf(response);
  if (body === "unreadable") return failureIn(response);
  const status = isObject(body) ? String(body["status"] ?? "").toLowerCase() : "";
  // Location's final answer is the result itself, or nothing at all.
  const isResult = isObject(body) ? "accessSAS" in body : response.status !== 202;
  if (isResult) return { kind: "succeeded" };
  if (status === "succeeded") return { kind: "succeeded" };
  if (status === "failed" || status === "canceled")
    return { kind: "failed", error: problemOf(body) };
  const retryAfterMs = retryAfterOf(response);
  return { kind: "running", ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };
}
