import { ApiError, invalidBody, invalidParameter, notFound } from "../lib/api/api-error.ts";
import { type Caller, maySee } from "../lib/api/caller.ts";
import { disksNotAvailable } from "../lib/api/grant-errors.ts";
import { grantResource } from "../lib/api/grant-resource.ts";
import { operationLocation } from "../lib/api/operation-location.ts";
import { auditRefusal, type RefusalDeps } from "../lib/grants/audit-refusal.ts";
import type { Holder } from "../lib/grants/grant.ts";
import { type GrantRequest, grantRequestSchema } from "../lib/grants/grant-request.ts";
import { type RequestDeps, type Requested, requestGrants } from "../lib/grants/request-grants.ts";
import { durationSchema } from "../lib/policy/duration.ts";
import { problemsOf } from "../lib/problem.ts";
import type { CheckedHandler } from "./checked.ts";
import { jsonBody } from "./json-body.ts";

/** Access to one disk of a restore point, or to each of them. 202; the operation tells when the SAS can be read. */
export const postGrant =
  (services: RequestDeps & RefusalDeps): CheckedHandler =>
  async (request, caller, log, invocation) => {
    const parsed = grantRequestSchema.safeParse(await jsonBody(request));
    if (!parsed.success) {
      throw invalidBody("request", "InvalidGrantRequest", problemsOf(parsed.error, "request"));
    }
    const asked = parsed.data;
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
      return accepted(request.url, asked, requested);
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
  url: string,
  { disk }: GrantRequest,
  { grants, group }: Requested & { readonly kind: "granted" },
) {
  const [first] = grants;
  if (first === undefined) throw new Error("Nothing was granted, and nothing was refused.");
  const resources = grants.map(grantResource);
  const single = disk !== undefined;
  return {
    status: 202,
    headers: {
      ...operationLocation(url, single ? first.operation : (group ?? first.operation)),
      "Retry-After": "2",
    },
    jsonBody: single ? resources[0] : { ...(group ? { group } : {}), value: resources },
  };
}
