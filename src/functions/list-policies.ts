import { listPage } from "../lib/api/page.ts";
import { policyResource } from "../lib/api/policy-resource.ts";
import { POLICY_PARTITION } from "../lib/policy/policy-record.ts";
import type { Services } from "../services.ts";
import type { CheckedHandler } from "./checked.ts";

/** The policies in force; with `?retired=true` the deleted ones as well. */
export const listPolicies =
  ({ tables, policies, now }: Pick<Services, "tables" | "policies" | "now">): CheckedHandler =>
  async ({ url, query }) => {
    // A new deployment has its files applied before anything is told of its policies.
    await policies.inForce(now());
    const page = await listPage(tables.policies, POLICY_PARTITION, new URL(url), policyResource);
    const retired = query.get("retired") === "true";
    const value = page.value.filter(({ state }) => retired || state === "Active");
    return { jsonBody: { ...page, value } };
  };
