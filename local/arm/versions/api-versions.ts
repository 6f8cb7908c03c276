/** Whether Azure knows the api-version of a request, and what it says when it does not. */
import { ArmError } from "../http/arm-error.ts";
import { PUBLISHED } from "./published.ts";

export type ProviderName = keyof typeof PUBLISHED;

interface VersionedRequest {
  /** Undefined: the request has none. */
  readonly apiVersion: string | undefined;
  readonly provider: ProviderName;
  /** As ARM names it below its provider: `restorePointCollections/restorePoints`. */
  readonly type: string;
  /** Of the resource, as far as it is known. */
  readonly location?: string | undefined;
  /** The oldest api-version of this very request. */
  readonly since?: string | undefined;
}

/** The api-version, or ARM's refusal of it. */
export function demandApiVersion(request: VersionedRequest): string {
  const { apiVersion, provider, since } = request;
  if (!apiVersion) {
    const message = "The api-version query parameter (?api-version=) is required for all requests.";
    throw new ArmError(400, "MissingApiVersionParameter", message);
  }
  const wanted = apiVersion.toLowerCase();
  if (!isVersion(wanted)) throw invalid(apiVersion);
  if (!PUBLISHED[provider].includes(wanted)) throw unknown(apiVersion, request);
  if (since !== undefined && wanted < since) throw tooOld(since);
  return wanted;
}

/** What Compute says when it knows the api-version, but the request is younger. */
export const tooOld = (since: string): ArmError =>
  new ArmError(400, "BadRequest", `This request can be made with api-version '${since}' or newer`);

/** A day of the calendar, and perhaps that it is a preview. */
function isVersion(version: string): boolean {
  const [, day] = /^(\d{4}-\d{2}-\d{2})(-preview)?$/.exec(version) ?? [];
  const time = Date.parse(`${day}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(`${day}T`);
}

/** ARM answers so for what is no version, and for versions that its own types do not have. */
function invalid(apiVersion: string): ArmError {
  const supported = PUBLISHED.resources.toReversed().join(",");
  const message = `The api-version '${apiVersion}' is invalid. The supported versions are '${supported}'.`;
  return new ArmError(400, "InvalidApiVersionParameter", message);
}

function unknown(apiVersion: string, { provider, type, location }: VersionedRequest): ArmError {
  if (provider === "resources") return invalid(apiVersion);
  const supported = PUBLISHED[provider].join(", ");
  const message = `No registered resource provider found for location '${location ?? "global"}' and API version '${apiVersion}' for type '${type}'. The supported api-versions are '${supported}'.`;
  return new ArmError(400, "NoRegisteredProviderFound", message);
}
