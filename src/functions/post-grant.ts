import * as z from "zod";
import { ApiError, invalidParameter, notFound } from "../lib/api/api-error.ts";
import { type Caller, maySee } from "../lib/api/caller.ts";
import { disksNotAvailable } from "../lib/api/grant-errors.ts";
import { operationHeaders } from "../lib/api/operation-location.ts";
import type { AnswerOf } from "../lib/api/route.ts";
import type { postGrantRoute } from "../lib/api/routes/grants.ts";
import { grantResource } from "../lib/api/shapes/grant.ts";
import { auditRefusal } from "../lib/grants/audit-refusal.ts";
import type { Holder } from "../lib/grants/grant.ts";
import { grantIdSchema, grantKey } from "../lib/grants/grant-id.ts";
import type { GrantRequest } from "../lib/grants/grant-request.ts";
import { type RequestDeps, type Requested, requestGrants } from "../lib/grants/request-grants.ts";
import { operationIdSchema } from "../lib/operations/operation-id.ts";
import { durationSchema } from "../lib/policy/duration.ts";
import type { Call, Handler } from "./call.ts";
import { type RepeatableDeps, repeatable } from "./repeatable.ts";

type Deps = RequestDeps &
  RepeatableDeps & { readonly tables: RequestDeps["tables"] & RepeatableDeps["tables"] };

const madeSchema = z.object({
  grants: z.array(grantIdSchema),
  group: operationIdSchema.optional(),
  /** Which is to be waited for. */
  operation: operationIdSchema,
});
type Made = z.infer<typeof madeSchema>;

/**
 * Repeating it is harmless with other ids, too: whoever asks for a disk that it holds gets the grant that it has. Two
 * runs of one request must not share ids, since one that is refused gives its records back.
 */
export const postGrant = (services: Deps): Handler<typeof postGrantRoute> =>
  repeatable(services, {
    made: madeSchema,
    make: (call) => grantOrRefuse(services, call),
    answer: (call, made) => answerOf(services, call, made),
  });

/** A refusal is on record as well. */
async function grantOrRefuse(services: Deps, call: Call<typeof postGrantRoute>): Promise<Made> {
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
    return madeOf(asked, requested);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const refusal = { holder, request: asked, correlationId: invocation.id, error };
    await auditRefusal(services, refusal);
    log.warn("grantRefused", { vm: asked.vm, by: holder.id, code: error.code });
    throw error;
  }
}

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

function madeOf(
  { disk }: GrantRequest,
  { grants, group }: Requested & { readonly kind: "granted" },
): Made {
  const [first] = grants;
  if (first === undefined) throw new Error("Nothing was granted, and nothing was refused.");
  const ids = { grants: grants.map(({ id }) => id) };
  return disk !== undefined || group === undefined
    ? { ...ids, operation: first.operation }
    : { ...ids, group, operation: group };
}

async function answerOf(
  { tables }: Deps,
  call: Call<typeof postGrantRoute>,
  { grants: ids, group, operation }: Made,
): Promise<AnswerOf<typeof postGrantRoute>> {
  // Since the request came first, the partner's scope may have become another.
  if (!maySee(call.caller, call.body.vm)) throw notFound();
  const stored = await Promise.all(ids.map((id) => tables.grants.get(grantKey(id))));
  const grants = stored.flatMap((each) => (each ? [grantResource(each.record)] : []));
  const [first] = grants;
  if (first === undefined) throw notFound();
  return {
    status: 202,
    headers: operationHeaders(call, operation),
    body: call.body.disk === undefined ? { ...(group ? { group } : {}), value: grants } : first,
  };
}
