import { notFound } from "../lib/api/api-error.ts";
import { operationHeaders } from "../lib/api/operation-location.ts";
import type { deleteGrantRoute } from "../lib/api/routes/grants.ts";
import { endGrant } from "../lib/grants/end-grant.ts";
import { isOver } from "../lib/grants/grant.ts";
import type { GrantDeps } from "../lib/grants/grant-deps.ts";
import { endingOf } from "../lib/grants/grant-operations.ts";
import { recordOperation } from "../lib/operations/record-operation.ts";
import type { Handler } from "./call.ts";
import { visibleGrant } from "./grants.ts";

/** By its holder, or by an operator. */
export const deleteGrant =
  (services: GrantDeps): Handler<typeof deleteGrantRoute> =>
  async (call) => {
    const { caller, log, invocation } = call;
    const { id } = await visibleGrant(services.tables, caller, call.params.id);
    const { grant, followUp } = await endGrant(
      services,
      id,
      {
        cause: "requested",
        by: { id: caller.id, kind: caller.kind },
        at: services.now(),
        correlationId: invocation.id,
      },
      log,
    );
    invocation.send(followUp);
    if (grant === undefined) throw notFound();
    if (isOver(grant)) return { status: 204 };
    // Whoever asks about the operation at once finds it; the message starts it.
    const operation = endingOf(grant, services.now());
    if (operation) await recordOperation(services, operation);
    if (grant.ending === undefined) throw new Error(`The grant ${id} did not end.`);
    return { status: 202, headers: operationHeaders(call, grant.ending.operation) };
  };
