import { type Caller, maySee } from "../lib/api/caller.ts";
import { concerns } from "../lib/api/concerns.ts";
import { operationFor } from "../lib/api/operation-for.ts";
import { listPage } from "../lib/api/page.ts";
import type { QueryOf } from "../lib/api/route.ts";
import type { listOperationsRoute } from "../lib/api/routes/operations.ts";
import { isWithin } from "../lib/api/shapes/time-range.ts";
import { visiblePartitions } from "../lib/api/visible-ranges.ts";
import { type KeyRange, partition } from "../lib/state/entity-table.ts";
import { narrowed } from "../lib/state/ulid-range.ts";
import type { Services } from "../services.ts";
import type { Handler } from "./call.ts";

type Query = QueryOf<typeof listOperationsRoute>;

export const listOperations =
  ({ tables }: Pick<Services, "tables">): Handler<typeof listOperationsRoute> =>
  async (call) => {
    const { caller, query } = call;
    const ranges = rangesFor(caller, query).map((range) => narrowed(range, query.from, query.to));
    const body = await listPage(tables.operations, ranges, call, (operation) => {
      const resource = operationFor(caller, operation);
      return concerns(caller, operation) && isWanted(resource, query) ? resource : undefined;
    });
    return { status: 200, body };
  };

/** A VM that the caller may not see has none, as one that is not there. */
function rangesFor(caller: Caller, { vm }: Query): KeyRange[] {
  if (vm === undefined) return visiblePartitions(caller);
  return maySee(caller, vm) ? [partition(vm)] : [];
}

const isWanted = (
  { status, kind, region, createdAt }: ReturnType<typeof operationFor>,
  query: Query,
): boolean =>
  (query.state === undefined || status === query.state) &&
  (query.kind === undefined || kind === query.kind) &&
  (query.region === undefined || region === query.region) &&
  isWithin(createdAt, query);
