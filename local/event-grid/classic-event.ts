/**
 * `Microsoft.Resources.Resource{Write|Delete|Action}Success`: who did what to which resource, without the
 * resource itself. https://learn.microsoft.com/azure/event-grid/event-schema-subscriptions
 */
import { TENANT_ID } from "../identity/callers.ts";
import { type Event, makeEvent, subscriptionOf } from "./event.ts";
import type { ResourceChange } from "./resource-change.ts";

const SOMEBODY = "00000000-0000-4000-b000-000000000001";

export function classicEvent(change: ResourceChange): Event {
  const { resourceId, operationName, httpRequest } = change;
  return makeEvent({
    type: `Microsoft.Resources.Resource${change.category}Success`,
    subject: resourceId,
    at: change.at,
    dataVersion: "2",
    data: {
      authorization: authorization(resourceId, operationName),
      claims: { aud: "https://management.azure.com/", appid: SOMEBODY, ver: "1.0" },
      correlationId: change.correlationId,
      ...(httpRequest && { httpRequest: { clientIpAddress: "127.0.0.1", ...httpRequest } }),
      resourceProvider: operationName.split("/")[0] ?? "",
      resourceUri: resourceId,
      operationName,
      status: "Succeeded",
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
      principalId: SOMEBODY,
      principalType: "ServicePrincipal",
    },
  };
}
