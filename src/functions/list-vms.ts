import { listPage } from "../lib/api/page.ts";
import { vmResource } from "../lib/api/resources.ts";
import type { Services } from "../services.ts";
import type { CheckedHandler } from "./checked.ts";

/** The VMs with a protection, of one subscription (`subscriptionId`) or of all. */
export const listVms =
  ({ tables }: Pick<Services, "tables">): CheckedHandler =>
  async ({ url, query }) => {
    const subscriptionId = query.get("subscriptionId")?.toLowerCase() ?? {};
    const page = await listPage(tables.protections, subscriptionId, new URL(url), vmResource);
    return { jsonBody: page };
  };
