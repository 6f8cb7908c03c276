import { grantResource } from "../lib/api/grant-resource.ts";
import type { Services } from "../services.ts";
import type { CheckedHandler } from "./checked.ts";
import { visibleGrant } from "./grants.ts";

export const getGrant =
  ({ tables }: Pick<Services, "tables">): CheckedHandler =>
  async ({ params }, caller) => ({
    jsonBody: grantResource(await visibleGrant(tables, caller, params["id"])),
  });
