import { notFound } from "../lib/api/api-error.ts";
import type { getRestorePointRoute } from "../lib/api/routes/restore-points.ts";
import { restorePointResource } from "../lib/api/shapes/restore-point.ts";
import { pointKey } from "../lib/fleet/restore-point.ts";
import type { Services } from "../services.ts";
import type { Handler } from "./call.ts";

export const getRestorePoint =
  ({ tables }: Pick<Services, "tables">): Handler<typeof getRestorePointRoute> =>
  async ({ params: { vm, point: name } }) => {
    const point = (await tables.points.get(pointKey(vm, name)))?.record;
    if (point === undefined) throw notFound();
    return { status: 200, body: restorePointResource(point) };
  };
