import { notFound } from "../lib/api/api-error.ts";
import type { getVmRoute } from "../lib/api/routes/vms.ts";
import { vmResource } from "../lib/api/shapes/vm.ts";
import { protectionKey } from "../lib/fleet/protection.ts";
import type { Services } from "../services.ts";
import type { Handler } from "./call.ts";

export const getVm =
  ({ tables }: Pick<Services, "tables">): Handler<typeof getVmRoute> =>
  async ({ params: { vm } }) => {
    const protection = (await tables.protections.get(protectionKey(vm)))?.record;
    if (protection === undefined) throw notFound();
    return { status: 200, body: vmResource(protection) };
  };
