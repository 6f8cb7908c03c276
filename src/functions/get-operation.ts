import { notFound } from "../lib/api/api-error.ts";
import { type Caller, may } from "../lib/api/caller.ts";
import { concerns } from "../lib/api/concerns.ts";
import { concernsRestore } from "../lib/api/concerns-restore.ts";
import { operationFor } from "../lib/api/operation-for.ts";
import { urlOf } from "../lib/api/operation-location.ts";
import type { getOperationRoute } from "../lib/api/routes/operations.ts";
import { restoreResource } from "../lib/api/shapes/restore.ts";
import { isOver } from "../lib/grants/grant.ts";
import { grantKey } from "../lib/grants/grant-id.ts";
import { grantsOfGroup, statusOfGroup } from "../lib/grants/group-status.ts";
import {
  type GrantOperation,
  operationKey,
  type RevokeOperation,
} from "../lib/operations/operation.ts";
import type { OperationId } from "../lib/operations/operation-id.ts";
import type { RequestStatusDeps } from "../lib/plan/request-status.ts";
import { restoreKey } from "../lib/restores/restore.ts";
import type { Tables } from "../lib/state/tables.ts";
import type { Services } from "../services.ts";
import type { Call, Handler } from "./call.ts";
import { requestIn } from "./request-answer.ts";

export const getOperation =
  ({ tables }: Pick<Services, "tables">): Handler<typeof getOperationRoute> =>
  async (call) => {
    const { caller } = call;
    const id = call.params.operation;
    const operation = (await tables.operations.get(operationKey(id)))?.record;
    // What is none of the caller's business costs as much as what is not there.
    if (operation === undefined || !concerns(caller, operation)) {
      const body = (await requestFor(tables, call)) ?? (await restoreFor(tables, caller, id));
      return { status: 200, body: body ?? (await groupOf(tables, caller, id)) };
    }
    const resource = operationFor(caller, operation);
    switch (operation.kind) {
      case "grantAccess":
        return { status: 200, body: { ...resource, ...resultOf(call, operation) } };
      case "revokeAccess":
        return { status: 200, body: { ...resource, ...(await statusOfEnd(tables, operation)) } };
      default:
        return { status: 200, body: resource };
    }
  };

/** Whoever asked with POST reads the grant at the end, not the operation: so do Azure's own pollers. */
const resultOf = (call: Call<typeof getOperationRoute>, { state, request }: GrantOperation) =>
  state === "Succeeded" ? { resourceLocation: urlOf(call, ["grants", request.grant]) } : {};

/** A request about a restore point is one operation to whoever made it, and to whoever may read the VM. */
async function requestFor(
  tables: RequestStatusDeps["tables"],
  call: Call<typeof getOperationRoute>,
) {
  const { id, partner } = call.caller;
  const found = await requestIn({ tables }, call, call.params.operation);
  const isTheirs = partner === undefined || found?.by.id === id || partner.verbs.includes("read");
  return isTheirs ? found?.resource : undefined;
}

/** Likewise a restore, to whoever may read the VM, or restore it. */
async function restoreFor({ restores }: Pick<Tables, "restores">, caller: Caller, id: OperationId) {
  if (!may(caller, "readRestores")) return undefined;
  const restore = (await restores.get(restoreKey(id)))?.record;
  if (restore === undefined || !concernsRestore(caller, restore)) return undefined;
  return restoreResource(restore, caller.partner !== undefined);
}

/** One EndGetAccess may follow another: whoever waits for the end of a grant waits for the last of them. */
async function statusOfEnd({ grants }: Pick<Tables, "grants">, { request }: RevokeOperation) {
  const grant = (await grants.get(grantKey(request.grant)))?.record;
  const isDone = grant === undefined || isOver(grant);
  return isDone
    ? { status: "Succeeded" as const, error: undefined }
    : { status: "Running" as const };
}

/** A request for several disks is one operation to whoever made it. */
async function groupOf(tables: Pick<Tables, "grants">, { id: holder }: Caller, id: OperationId) {
  const grants = await grantsOfGroup(tables, holder, id);
  if (grants.length === 0) throw notFound();
  const status = statusOfGroup(grants);
  const value = grants.map(({ id: grantId, state, operation }) => ({
    ...{ grantId, state, operationId: operation },
  }));
  return { id, kind: "grantAccess" as const, status, value };
}
