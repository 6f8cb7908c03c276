import { type Caller, maySee } from "../lib/api/caller.ts";
import { listPage } from "../lib/api/page.ts";
import type { QueryOf } from "../lib/api/route.ts";
import type { listGrantsRoute } from "../lib/api/routes/grants.ts";
import { grantResource } from "../lib/api/shapes/grant.ts";
import { isWithin } from "../lib/api/shapes/time-range.ts";
import type { Grant } from "../lib/grants/grant.ts";
import { type KeyRange, partition } from "../lib/state/entity-table.ts";
import { narrowed } from "../lib/state/ulid-range.ts";
import type { Services } from "../services.ts";
import type { Handler } from "./call.ts";

type Query = QueryOf<typeof listGrantsRoute>;

/** A partner has its own; for others those of one `holder`, or all. */
export const listGrants =
  ({ tables }: Pick<Services, "tables">): Handler<typeof listGrantsRoute> =>
  async (call) => {
    const { caller, query } = call;
    const range = narrowed(rangeFor(caller, query), query.from, query.to);
    const body = await listPage(tables.grants, range, call, (grant) =>
      maySee(caller, grant.vm) && isWanted(grant, query) ? grantResource(grant) : undefined,
    );
    return { status: 200, body };
  };

function rangeFor({ id, partner }: Caller, { holder }: Query): KeyRange {
  if (partner !== undefined) return partition(id);
  return holder === undefined ? {} : partition(holder);
}

const isWanted = (grant: Grant, query: Query): boolean =>
  (query.state === undefined || grant.state === query.state) &&
  (query.vm === undefined || grant.vm === query.vm) &&
  (query.group === undefined || grant.group === query.group) &&
  (query.region === undefined || grant.region === query.region) &&
  isWithin(grant.requestedAt, query);
