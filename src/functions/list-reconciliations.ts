import { listPage } from "../lib/api/page.ts";
import type { listReconciliationsRoute } from "../lib/api/routes/reports.ts";
import { reconciliationOf } from "../lib/api/shapes/report.ts";
import { PASS_PARTITION } from "../lib/reconcile/pass.ts";
import type { Services } from "../services.ts";
import type { Handler } from "./call.ts";

export const listReconciliations =
  ({ tables }: Pick<Services, "tables">): Handler<typeof listReconciliationsRoute> =>
  async (call) => ({
    status: 200,
    body: await listPage(tables.passes, PASS_PARTITION, call, reconciliationOf),
  });
