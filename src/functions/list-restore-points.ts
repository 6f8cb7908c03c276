import { notFound } from "../lib/api/api-error.ts";
import { listPage } from "../lib/api/page.ts";
import type { listRestorePointsRoute } from "../lib/api/routes/restore-points.ts";
import { restorePointResource } from "../lib/api/shapes/restore-point.ts";
import { protectionKey } from "../lib/fleet/protection.ts";
import type { Services } from "../services.ts";
import type { Handler } from "./call.ts";

export const listRestorePoints =
  ({ tables }: Pick<Services, "tables">): Handler<typeof listRestorePointsRoute> =>
  async (call) => {
    const { vm } = call.params;
    if ((await tables.protections.get(protectionKey(vm))) === undefined) throw notFound();
    return { status: 200, body: await listPage(tables.points, vm, call, restorePointResource) };
  };
