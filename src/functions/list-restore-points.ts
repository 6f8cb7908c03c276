import { notFound } from "../lib/api/api-error.ts";
import { listPage } from "../lib/api/page.ts";
import type { QueryOf } from "../lib/api/route.ts";
import type { listRestorePointsRoute } from "../lib/api/routes/restore-points.ts";
import { restorePointResource } from "../lib/api/shapes/restore-point.ts";
import { isWithin } from "../lib/api/shapes/time-range.ts";
import { protectionKey } from "../lib/fleet/protection.ts";
import type { Point } from "../lib/fleet/restore-point.ts";
import { pointsBetween } from "../lib/plan/points-between.ts";
import type { Services } from "../services.ts";
import type { Handler } from "./call.ts";

type Query = QueryOf<typeof listRestorePointsRoute>;

/**
 * In the order of their names. The newest first would be more useful, but the table has no such order: each page would
 * read all restore points of the VM, which takes eight times as long. `from` finds the newest as cheaply.
 */
export const listRestorePoints =
  ({ tables }: Pick<Services, "tables">): Handler<typeof listRestorePointsRoute> =>
  async (call) => {
    const { params, query } = call;
    const known = await tables.protections.get(protectionKey(params.vm));
    if (known === undefined) throw notFound();
    const ranges = pointsBetween(params.vm, query.from, query.to);
    const body = await listPage(tables.points, ranges, call, (point) =>
      isWanted(point, query) ? restorePointResource(point) : undefined,
    );
    return { status: 200, body };
  };

const isWanted = (point: Point, query: Query): boolean =>
  (query.state === undefined || point.state === query.state) &&
  (query.policy === undefined || point.policies.includes(query.policy)) &&
  (query.region === undefined || point.location.toLowerCase() === query.region) &&
  (query.consistency === undefined || point.consistencyMode === query.consistency) &&
  (query.legalHold === undefined || (point.legalHold !== undefined) === query.legalHold) &&
  isWithin(point.at, query);
