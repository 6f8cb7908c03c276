import { notFound } from "../lib/api/api-error.ts";
import type { Caller } from "../lib/api/caller.ts";
import { operationResource } from "../lib/api/resources.ts";
import { visibleOperation } from "../lib/api/visible.ts";
import { holderOfGrant } from "../lib/grants/grant-id.ts";
import { grantsOfGroup, statusOfGroup } from "../lib/grants/group-status.ts";
import { type Operation, operationKey } from "../lib/operations/operation.ts";
import type { OperationId } from "../lib/operations/operation-id.ts";
import type { Tables } from "../lib/state/tables.ts";
import type { Services } from "../services.ts";
import type { CheckedHandler } from "./checked.ts";

export const getOperation =
  ({ tables }: Pick<Services, "tables">): CheckedHandler =>
  async ({ params }, caller) => {
    const id = visibleOperation(caller, params["id"]);
    const operation = (await tables.operations.get(operationKey(id)))?.record;
    if (operation === undefined) return await groupOf(tables, caller, id);
    if (!concerns(caller, operation)) throw notFound();
    return { jsonBody: operationResource(operation) };
  };

/** What one partner may read is no business of another's. */
const concerns = ({ id, partner }: Caller, operation: Operation): boolean => {
  if (partner === undefined) return true;
  return operation.kind === "grantAccess" || operation.kind === "revokeAccess"
    ? holderOfGrant(operation.request.grant) === id
    : partner.verbs.includes("read");
};

/** A request for several disks is one operation to whoever made it. */
async function groupOf(tables: Pick<Tables, "grants">, { id: holder }: Caller, id: OperationId) {
  const grants = await grantsOfGroup(tables, holder, id);
  if (grants.length === 0) throw notFound();
  const status = statusOfGroup(grants);
  const value = grants.map(({ id: grantId, state, operation }) => ({
    ...{ grantId, state, operationId: operation },
  }));
  return { jsonBody: { id, kind: "grantAccess", status, value } };
}
