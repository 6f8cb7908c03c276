import { listPage } from "../lib/api/page.ts";
import type { listDriftRoute } from "../lib/api/routes/reports.ts";
import type { Services } from "../services.ts";
import type { Handler } from "./call.ts";

export const listDrift =
  ({ tables }: Pick<Services, "tables">): Handler<typeof listDriftRoute> =>
  async (call) => {
    const range = call.query.subscriptionId ?? {};
    return { status: 200, body: await listPage(tables.drift, range, call, (each) => each) };
  };
