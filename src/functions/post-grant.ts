import { ApiError, invalidParameter, notFound } from "../lib/api/api-error.ts";
import { type Caller, maySee } from "../lib/api/caller.ts";
import { disksNotAvailable } from "../lib/api/grant-errors.ts";
import { operationHeaders } from "../lib/api/operation-location.ts";
import type { AnswerOf } from "../lib/api/route.ts";
import type { postGrantRoute } from "../lib/api/routes/grants.ts";
import { grantResource } from "../lib/api/shapes/grant.ts";
import { auditRefusal, type RefusalDeps } from "../lib/grants/audit-refusal.ts";
import type { Holder } from "../lib/grants/grant.ts";
import { type RequestDeps, type Requested, requestGrants } from "../lib/grants/request-grants.ts";
import { durationSchema } from "../lib/policy/duration.ts";
import type { Call, Handler } from "./call.ts";

/** A refusal is on record as well. */
export const postGrant =
  (services: RequestDeps & RefusalDeps): Handler<typeof postGrantRoute> =>
  async (call) => {
    const { body: asked, caller, log, invocation } = call;
    const holder = holderOf(caller);
    try {
      if (!maySee(caller, asked.vm)) throw notFound();
      const requested = await requestGrants(
        services,
        {
          ...{ holder, request: asked, correlationId: invocation.id },
          partnerLongestMs: caller.partner && durationSchema.parse(caller.partner.grants.longest),
          partnerMost: caller.partner?.grants.mostActive,
        },
        log,
      );
      if (requested.kind !== "granted") throw refusalOf(requested, services.now());
      invocation.send(requested.followUp);
      return accepted(call, requested);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      const refusal = { holder, request: asked, correlationId: invocation.id, error };
      await auditRefusal(services, refusal);
      log.warn("grantRefused", { vm: asked.vm, by: holder.id, code: error.code });
      throw error;
    }
  };

const holderOf = ({ id, kind, partner }: Caller): Holder => ({
  id,
  kind,
  partner: partner !== undefined,
});

function refusalOf(refused: Exclude<Requested, { kind: "granted" }>, now: Date): ApiError {
  switch (refused.kind) {
    case "notFound":
      return notFound();
    case "noSuchDisk":
      return invalidParameter("disk", `the restore point has ${refused.names.join(", ")}`);
    case "notAllowed": {
      const message = `Not allowed by the policy ${refused.policies.join(", ")}.`;
      return new ApiError(403, { code: "GrantsNotAllowed", message, target: "restorePoint" });
    }
    case "tooMany": {
      const message = `Of your grants ${refused.most} may be open at once. End one, or wait.`;
      return new ApiError(409, { code: "TooManyGrants", message });
    }
    case "notNow": {
      const { code, message } = refused;
      return new ApiError(409, { code, message, target: "restorePoint" });
    }
    case "refused":
      return disksNotAvailable(refused.refusals, now);
    default:
      return refused satisfies never;
  }
}

function accepted(
  call: Call<typeof postGrantRoute>,
  { grants, group }: Requested & { readonly kind: "granted" },
): AnswerOf<typeof postGrantRoute> {
  const [first] = grants;
  if (first === undefined) throw new Error("Nothing was granted, and nothing was refused.");
  const isSingle = call.body.disk !== undefined;
  const operation = isSingle ? first.operation : (group ?? first.operation);
  return {
    status: 202,
    headers: operationHeaders(call, operation),
    body: isSingle
      ? grantResource(first)
      : { ...(group ? { group } : {}), value: grants.map(grantResource) },
  };
}
