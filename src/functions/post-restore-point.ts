import * as z from "zod";
import { ApiError, notFound } from "../lib/api/api-error.ts";
import { demand } from "../lib/api/caller.ts";
import type { postRestorePointRoute } from "../lib/api/routes/restore-point-changes.ts";
import { operationIdOf, operationIdSchema } from "../lib/operations/operation-id.ts";
import type { RequestStatusDeps } from "../lib/plan/request-status.ts";
import type { PointRefusal } from "../lib/requests/refuse-point.ts";
import { type RequestPointDeps, requestPoint } from "../lib/requests/request-point.ts";
import type { Handler } from "./call.ts";
import { type RepeatableDeps, repeatable } from "./repeatable.ts";
import { accepted, askedBy } from "./request-answer.ts";

type Deps = RequestPointDeps &
  RepeatableDeps & {
    readonly tables: RequestPointDeps["tables"] &
      RepeatableDeps["tables"] &
      RequestStatusDeps["tables"];
  };

export const postRestorePoint = (services: Deps): Handler<typeof postRestorePointRoute> =>
  repeatable(services, {
    made: z.object({ operation: operationIdSchema }),
    make: async (call, { newId }) => {
      // Only operators lift holds, so only they place them.
      if (call.body.legalHold) demand(call.caller, "operate");
      const id = operationIdOf(call.params.vm, newId("restore point"));
      const asking = { id, ...askedBy(call) };
      const requested = await requestPoint(services, asking, call.body, call.log);
      if (requested.kind !== "accepted") throw refusalOf(requested);
      call.invocation.send(requested.followUp);
      return { operation: id };
    },
    answer: (call, { operation }) => accepted(services, call, operation),
  });

function refusalOf(refusal: PointRefusal): ApiError {
  switch (refusal.kind) {
    case "notFound":
      return notFound();
    case "gone": {
      const message = "The VM is deleted; no restore point of it can be made any more.";
      return new ApiError(409, { code: "VmDeleted", message });
    }
    case "tooMany": {
      const message = `${refusal.most} requests of this VM wait already.`;
      return new ApiError(409, { code: "TooManyRequestsOfVm", message });
    }
    case "limitReached": {
      const { ours, others, most } = refusal;
      const message = `A VM may have ${most} restore points, a little fewer than Azure keeps: there are ${ours}, none of which may go, and ${others} others.`;
      return new ApiError(409, { code: "RestorePointLimitReached", message });
    }
    case "unreadable":
      return unreadable(refusal);
    default:
      return refusal satisfies never;
  }
}

function unreadable({ failure }: PointRefusal & { kind: "unreadable" }): ApiError {
  const { code } = failure.error;
  // Azure's own words name our identity, and what it lacks.
  if (failure.kind === "refused") {
    const message = `Azure refuses to tell what the VM is: ${code}.`;
    return new ApiError(409, { code: "VmNotReadable", message });
  }
  const seconds = failure.kind === "throttled" ? Math.ceil(failure.retryAfterMs / 1000) : 5;
  return new ApiError(
    503,
    { code: "AzureNotAvailable", message: `The VM cannot be read at the moment: ${code}.` },
    { "Retry-After": String(seconds) },
  );
}
