import { maySee } from "../lib/api/caller.ts";
import { listPage } from "../lib/api/page.ts";
import type { QueryOf } from "../lib/api/route.ts";
import type { listVmsRoute } from "../lib/api/routes/vms.ts";
import { vmResource } from "../lib/api/shapes/vm.ts";
import { visibleProtections } from "../lib/api/visible-ranges.ts";
import { type Protection, protectionState } from "../lib/fleet/protection.ts";
import type { Services } from "../services.ts";
import type { Handler } from "./call.ts";

type Query = QueryOf<typeof listVmsRoute>;

export const listVms =
  ({ tables }: Pick<Services, "tables">): Handler<typeof listVmsRoute> =>
  async (call) => {
    const { caller, query } = call;
    const ranges = visibleProtections(caller, query.subscriptionId);
    const body = await listPage(tables.protections, ranges, call, (protection) =>
      maySee(caller, protection.vm) && isWanted(protection, query)
        ? vmResource(protection)
        : undefined,
    );
    return { status: 200, body };
  };

const isWanted = (protection: Protection, { state, policy, location }: Query): boolean =>
  (state === undefined || protectionState(protection) === state) &&
  (policy === undefined || protection.policies.includes(policy)) &&
  (location === undefined || protection.location.toLowerCase() === location);
