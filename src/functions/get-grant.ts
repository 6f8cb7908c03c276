import type { getGrantRoute } from "../lib/api/routes/grants.ts";
import { grantResource } from "../lib/api/shapes/grant.ts";
import type { Services } from "../services.ts";
import type { Handler } from "./call.ts";
import { visibleGrant } from "./grants.ts";

export const getGrant =
  ({ tables }: Pick<Services, "tables">): Handler<typeof getGrantRoute> =>
  async ({ params: { id }, caller }) => ({
    status: 200,
    body: grantResource(await visibleGrant(tables, caller, id)),
  });
