import { listPage } from "../lib/api/page.ts";
import type { Services } from "../services.ts";
import type { CheckedHandler } from "./checked.ts";

/** What the reconciliation found that no event had told, the newest of each subscription first. */
export const listDrift =
  ({ tables }: Pick<Services, "tables">): CheckedHandler =>
  async ({ url, query }) => {
    const subscriptionId = query.get("subscriptionId")?.toLowerCase() ?? {};
    return { jsonBody: await listPage(tables.drift, subscriptionId, new URL(url), (each) => each) };
  };
