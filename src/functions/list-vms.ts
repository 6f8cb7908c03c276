import { listPage } from "../lib/api/page.ts";
import type { listVmsRoute } from "../lib/api/routes/vms.ts";
import { vmResource } from "../lib/api/shapes/vm.ts";
import type { Services } from "../services.ts";
import type { Handler } from "./call.ts";

export const listVms =
  ({ tables }: Pick<Services, "tables">): Handler<typeof listVmsRoute> =>
  async (call) => {
    const range = call.query.subscriptionId ?? {};
    return { status: 200, body: await listPage(tables.protections, range, call, vmResource) };
  };
