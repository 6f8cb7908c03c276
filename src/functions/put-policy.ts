import { allows, preconditionFailed, preconditionsOf } from "../lib/api/preconditions.ts";
import type { putPolicyRoute } from "../lib/api/routes/policies.ts";
import { etagOf, invalidPolicy, policyIn, policyResource } from "../lib/api/shapes/policy.ts";
import type { ChangePolicyDeps } from "../lib/policy/change-policy.ts";
import { putPolicy as put } from "../lib/policy/put-policy.ts";
import { readWrittenPolicy } from "../lib/policy/written-policy.ts";
import type { Services } from "../services.ts";
import type { Handler } from "./call.ts";

export const putPolicy =
  (
    services: ChangePolicyDeps & Pick<Services, "policies" | "limits" | "now">,
  ): Handler<typeof putPolicyRoute> =>
  async ({ params: { name }, body, headers, caller, log }) => {
    const { policies, limits, now } = services;
    const written = readWrittenPolicy(name, policyIn(body), limits);
    if (written.kind === "invalid") throw invalidPolicy(written.problems);
    const preconditions = preconditionsOf(headers);
    // The deployment's files come first, or they would overwrite what is written now.
    await policies.inForce(now());
    const outcome = await put(
      services,
      {
        name,
        document: written.document,
        mayWrite: (current) => allows(preconditions, current && etagOf(current)),
      },
      now(),
    );
    if (outcome.kind === "preconditionFailed") throw preconditionFailed();
    const { kind, record } = outcome;
    if (kind !== "unchanged") {
      log.info("policyWritten", { policy: name, generation: record.generation, by: caller.id });
    }
    return {
      status: kind === "created" ? 201 : 200,
      headers: { ETag: etagOf(record) },
      body: policyResource(record),
    };
  };
