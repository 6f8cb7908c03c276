import { invalidParameter } from "../lib/api/api-error.ts";
import { allows, preconditionFailed, preconditionsOf } from "../lib/api/preconditions.ts";
import type { QueryOf } from "../lib/api/route.ts";
import type { deletePolicyRoute } from "../lib/api/routes/policies.ts";
import { etagOf, policyInUse } from "../lib/api/shapes/policy.ts";
import { aftermathSchema } from "../lib/policy/policy.ts";
import type { WrittenOutcome } from "../lib/policy/policy-record.ts";
import { type RetirePolicyDeps, retirePolicy } from "../lib/policy/retire-policy.ts";
import type { Services } from "../services.ts";
import type { Handler } from "./call.ts";

/** Also a second time, or of what never was: what is asked for is then so. */
export const deletePolicy =
  (
    services: RetirePolicyDeps & Pick<Services, "policies" | "now">,
  ): Handler<typeof deletePolicyRoute> =>
  async ({ params: { name }, headers, query, caller, log }) => {
    const outcome = outcomeIn(query);
    const preconditions = preconditionsOf(headers);
    // The deployment's files come first, or they would bring back what is deleted now.
    await services.policies.inForce(services.now());
    const retired = await retirePolicy(
      services,
      {
        name,
        outcome,
        mayWrite: (current) => allows(preconditions, current && etagOf(current)),
      },
      services.now(),
    );
    switch (retired.kind) {
      case "inUse":
        throw policyInUse(name, retired.vms);
      case "preconditionFailed":
        throw preconditionFailed();
      case "retired":
        log.info("policyRetired", { policy: name, outcome: outcome?.outcome, by: caller.id });
        return { status: 204 };
      case "absent":
        return { status: 204 };
      default:
        return retired satisfies never;
    }
  };

function outcomeIn({
  outcome,
  after,
}: QueryOf<typeof deletePolicyRoute>): WrittenOutcome | undefined {
  if (outcome === undefined && after === undefined) return undefined;
  const written = { outcome, ...(after === undefined ? {} : { after }) };
  const parsed = aftermathSchema.safeParse(written);
  if (parsed.success) return { ...written, outcome: parsed.data.outcome };
  throw outcome === undefined
    ? invalidParameter("outcome", "expected keep, ageOut or delete")
    : invalidParameter(
        "after",
        "expected with outcome=delete only, and there a duration such as P30D",
      );
}
