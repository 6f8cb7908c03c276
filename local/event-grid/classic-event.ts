/**
 * `Microsoft.Resources.Resource{Write|Delete|Action}{Success|Failure}`: who did what to which resource, without the
 * resource itself. https://learn.microsoft.com/azure/event-grid/event-schema-subscriptions
 */
import { TENANT_ID } from "../identity/callers.ts";
import { type Event, makeEvent, subscriptionOf } from "./event.ts";
import type { ResourceChange } from "./resource-change.ts";

const SOMEBODY = "00000000-0000-4000-b000-000000000001";
/** Of Azure's built-in role Contributor. */
const CONTRIBUTOR = "b24988ac618042a0ab8820f7382dd24c";
const ASSIGNMENT = "00000000000040008000000000000002";
const ISSUER = `https://sts.windows.net/${TENANT_ID}/`;
const TOKEN_LIFETIME_IN_SECONDS = 3600;

export function classicEvent(change: ResourceChange): Event {
  const { resourceId, operationName, httpRequest, status = "Succeeded" } = change;
  const outcome = status === "Succeeded" ? "Success" : "Failure";
  return makeEvent({
    type: `Microsoft.Resources.Resource${change.category}${outcome}`,
    subject: resourceId,
    at: change.at,
    dataVersion: "2",
    data: {
      authorization: authorization(resourceId, operationName),
      claims: claims(change.at),
      correlationId: change.correlationId,
      ...(httpRequest && { httpRequest: { clientIpAddress: "127.0.0.1", ...httpRequest } }),
      resourceProvider: operationName.split("/")[0] ?? "",
      resourceUri: resourceId,
      operationName,
      status,
      subscriptionId: subscriptionOf(resourceId),
      tenantId: TENANT_ID,
    },
  });
}

function authorization(scope: string, action: string): object {
  return {
    scope,
    action,
    evidence: {
      role: "Contributor",
      roleAssignmentScope: `/subscriptions/${subscriptionOf(scope)}`,
      roleAssignmentId: ASSIGNMENT,
      roleDefinitionId: CONTRIBUTOR,
      principalId: SOMEBODY.replaceAll("-", ""),
      principalType: "ServicePrincipal",
    },
  };
}

/** Of a token that a service principal got when it made the request. All values are text. */
function claims(at: Date): object {
  const issuedAt = Math.floor(at.getTime() / 1000);
  return {
    aud: "https://management.azure.com/",
    iss: ISSUER,
    iat: `${issuedAt}`,
    nbf: `${issuedAt}`,
    exp: `${issuedAt + TOKEN_LIFETIME_IN_SECONDS}`,
    aio: "emulated",
    appid: SOMEBODY,
    appidacr: "2",
    "http://schemas.microsoft.com/identity/claims/identityprovider": ISSUER,
    "http://schemas.microsoft.com/identity/claims/objectidentifier": SOMEBODY,
    "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/nameidentifier": SOMEBODY,
    "http://schemas.microsoft.com/identity/claims/tenantid": TENANT_ID,
    uti: "emulated",
    ver: "1.0",
  };
}
