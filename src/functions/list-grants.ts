import { type Caller, maySee } from "../lib/api/caller.ts";
import { listPage } from "../lib/api/page.ts";
import type { QueryOf } from "../lib/api/route.ts";
import type { listGrantsRoute } from "../lib/api/routes/grants.ts";
import { grantResource } from "../lib/api/shapes/grant.ts";
import type { Grant } from "../lib/grants/grant.ts";
import { partition } from "../lib/state/entity-table.ts";
import type { Services } from "../services.ts";
import type { Handler } from "./call.ts";

type Query = QueryOf<typeof listGrantsRoute>;

/** A partner has its own; for others those of one `holder`, or all. A page may hold fewer than asked for. */
export const listGrants =
  ({ tables }: Pick<Services, "tables">): Handler<typeof listGrantsRoute> =>
  async (call) => {
    const { caller, query } = call;
    const page = await listPage(tables.grants, rangeFor(caller, query), call, (grant) => grant);
    const value = page.value
      .filter((grant) => maySee(caller, grant.vm) && isWanted(grant, query))
      .map(grantResource);
    return { status: 200, body: { ...page, value } };
  };

function rangeFor({ id, partner }: Caller, { holder }: Query) {
  if (partner !== undefined) return partition(id);
  return holder === undefined ? {} : partition(holder);
}

const isWanted = (grant: Grant, { state, vm, group }: Query): boolean =>
  (state === undefined || grant.state === state) &&
  (vm === undefined || grant.vm === vm) &&
  (group === undefined || grant.group === group);
