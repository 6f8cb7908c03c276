import { listPage } from "../lib/api/page.ts";
import type { listPoliciesRoute } from "../lib/api/routes/policies.ts";
import { policyResource } from "../lib/api/shapes/policy.ts";
import { POLICY_PARTITION } from "../lib/policy/policy-record.ts";
import type { Services } from "../services.ts";
import type { Handler } from "./call.ts";

export const listPolicies =
  ({
    tables,
    policies,
    now,
  }: Pick<Services, "tables" | "policies" | "now">): Handler<typeof listPoliciesRoute> =>
  async (call) => {
    // A new deployment has its files applied before anything is told of its policies.
    await policies.inForce(now());
    const body = await listPage(tables.policies, POLICY_PARTITION, call, (record) =>
      call.query.retired || record.state === "Active" ? policyResource(record) : undefined,
    );
    return { status: 200, body };
  };
