import { notFound } from "../lib/api/api-error.ts";
import { operationLocation } from "../lib/api/operation-location.ts";
import { endGrant } from "../lib/grants/end-grant.ts";
import { isOver } from "../lib/grants/grant.ts";
import type { GrantDeps } from "../lib/grants/grant-deps.ts";
import { endingOf } from "../lib/grants/grant-operations.ts";
import { recordOperation } from "../lib/operations/record-operation.ts";
import type { CheckedHandler } from "./checked.ts";
import { visibleGrant } from "./grants.ts";

/** Ends a grant before its time: by its holder, or by an operator. 204 when it is over already. */
export const deleteGrant =
  (services: GrantDeps): CheckedHandler =>
  async ({ params, url }, caller, log, invocation) => {
    const { id } = await visibleGrant(services.tables, caller, params["id"]);
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
    return {
      status: 202,
      headers: { ...operationLocation(url, grant.ending.operation), "Retry-After": "2" },
    };
  };
