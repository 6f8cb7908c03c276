import { notFound } from "../lib/api/api-error.ts";
import type { getPolicyRoute } from "../lib/api/routes/policies.ts";
import { etagOf, policyResource } from "../lib/api/shapes/policy.ts";
import { policyKey } from "../lib/policy/policy-record.ts";
import type { Services } from "../services.ts";
import type { Handler } from "./call.ts";

export const getPolicy =
  ({
    tables,
    policies,
    now,
  }: Pick<Services, "tables" | "policies" | "now">): Handler<typeof getPolicyRoute> =>
  async ({ params: { name }, query: { retired } }) => {
    // A new deployment has its files applied before anything is told of its policies.
    await policies.inForce(now());
    const record = (await tables.policies.get(policyKey(name)))?.record;
    if (record === undefined || (record.state !== "Active" && !retired)) throw notFound();
    return { status: 200, headers: { ETag: etagOf(record) }, body: policyResource(record) };
  };
