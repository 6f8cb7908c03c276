/**
 * beginGetAccess and endGetAccess of disk restore points. The SAS is read from the result alone, so that nothing else
 * ever holds it.
 * https://learn.microsoft.com/rest/api/compute/disk-restore-point/grant-access
 */
import type { ComputeManagementClient } from "@azure/arm-compute";
import type { HttpClient } from "@azure/core-rest-pipeline";
import { Sas } from "../grants/sas.ts";
import type { Accepted, AccessAccepted, AccessRequest, ArmFailure } from "../operations/arm.ts";
import { accepted, acceptedOrDone } from "./arm-accepted.ts";
import type { ArmClient } from "./arm-client.ts";
import { failureIn, isObject } from "./arm-failure.ts";
import { bodyOf, getFrom, isOn } from "./arm-get.ts";

export async function beginAccess(
  arm: ArmClient,
  { id, seconds }: AccessRequest,
): Promise<AccessAccepted | ArmFailure> {
  const { client, resourceGroup, name, child, grandchild } = arm.addressed(id);
  const asked = { access: "Read", durationInSeconds: seconds };
  const { diskRestorePoint } = client;
  return await arm.request(
    // One request; polling would start only if the poller itself were awaited.
    (options) =>
      diskRestorePoint
        .grantAccess(resourceGroup, name, child, grandchild, asked, options)
        .submitted(),
    (_, response): AccessAccepted => {
      const resultUrl = response?.headers.get("location");
      return { ...accepted(response), ...(resultUrl === undefined ? {} : { resultUrl }) };
    },
  );
}

export async function endAccess(
  arm: ArmClient,
  id: string,
): Promise<Accepted | { kind: "done" } | ArmFailure> {
  const { client, resourceGroup, name, child, grandchild } = arm.addressed(id);
  const { diskRestorePoint } = client;
  return await arm.request(
    (options) =>
      diskRestorePoint.revokeAccess(resourceGroup, name, child, grandchild, options).submitted(),
    (_, response) => acceptedOrDone(response),
  );
}

/** A URL that is not ARM's is refused before it is asked. */
export async function accessAt(
  { pipeline }: Pick<ComputeManagementClient, "pipeline">,
  http: HttpClient,
  endpoint: string,
  resultUrl: string,
  abortSignal: AbortSignal,
): Promise<{ kind: "found"; sas: Sas } | ArmFailure> {
  if (!isOn(endpoint, resultUrl)) {
    const message = "The operation's result URL is not on the configured ARM endpoint.";
    return { kind: "refused", conflict: false, error: { code: "ForeignResultUrl", message } };
  }
  const response = await getFrom(pipeline, http, resultUrl, abortSignal);
  if (response.status === 410) return noLongerKept;
  if (response.status >= 300) return failureIn(response);
  const body = bodyOf(response);
  if (body === "unreadable") return failureIn(response);
  const url = response.status === 200 && isObject(body) ? body["accessSAS"] : undefined;
  return typeof url === "string" && url !== ""
    ? { kind: "found", sas: new Sas(url) }
    : noLongerKept;
}

const noLongerKept: ArmFailure = {
  kind: "notFound",
  error: { code: "NoResult", message: "ARM does not have the result of the operation." },
};
