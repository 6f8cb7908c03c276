import { notFound } from "../lib/api/api-error.ts";
import { etagOf, policyResource } from "../lib/api/policy-resource.ts";
import { policyNameSchema } from "../lib/policy/policy.ts";
import { policyKey } from "../lib/policy/policy-record.ts";
import type { Services } from "../services.ts";
import type { CheckedHandler } from "./checked.ts";

/** A deleted policy is found with `?retired=true` only. */
export const getPolicy =
  ({ tables, policies, now }: Pick<Services, "tables" | "policies" | "now">): CheckedHandler =>
  async ({ params, query }) => {
    const name = policyNameSchema.safeParse(params["name"]).data;
    if (name === undefined) throw notFound();
    // A new deployment has its files applied before anything is told of its policies.
    await policies.inForce(now());
    const record = (await tables.policies.get(policyKey(name)))?.record;
    const shown = record?.state === "Active" || query.get("retired") === "true";
    if (record === undefined || !shown) throw notFound();
    return { headers: { ETag: etagOf(record) }, jsonBody: policyResource(record) };
  };
