/** How requests about restore points are answered: as the operation that each of them is. */
import { notFound } from "../lib/api/api-error.ts";
import { operationHeaders, urlOf } from "../lib/api/operation-location.ts";
import type { Route } from "../lib/api/route.ts";
import { requestResource } from "../lib/api/shapes/point-request.ts";
import type { Actor } from "../lib/audit/audit-entry.ts";
import type { OperationId } from "../lib/operations/operation-id.ts";
import { pointRequestStatus, type RequestStatusDeps } from "../lib/plan/request-status.ts";
import type { Call } from "./call.ts";

type Located = Pick<Call<Route>, "url" | "path">;

/** The operation as it is now; undefined: there is none. */
export async function requestIn(deps: RequestStatusDeps, call: Located, id: OperationId) {
  const found = await pointRequestStatus(deps, id);
  if (found === undefined) return undefined;
  const { request } = found;
  const resource = requestResource(request, found, (point) =>
    urlOf(call, ["vms", request.vm, "restore-points", point]),
  );
  return { by: request.by, resource };
}

export async function accepted(deps: RequestStatusDeps, call: Located, id: OperationId) {
  const found = await requestIn(deps, call, id);
  if (found === undefined) throw notFound();
  return { status: 202, headers: operationHeaders(call, id), body: found.resource } as const;
}

/** Who asks, and with which request. */
export const askedBy = ({
  caller: { id, kind },
  invocation,
}: Call<Route>): { by: Actor; correlationId: string } => ({
  by: { id, kind },
  correlationId: invocation.id,
});
