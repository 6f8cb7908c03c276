import { ApiError, notFound } from "../lib/api/api-error.ts";
import { operationHeaders } from "../lib/api/operation-location.ts";
import type { Route } from "../lib/api/route.ts";
import type {
  deleteCopyRoute,
  deleteRestorePointRoute,
} from "../lib/api/routes/restore-point-changes.ts";
import { protectionKey } from "../lib/fleet/protection.ts";
import {
  type DeletionTarget,
  type RequestDeletionDeps,
  requestDeletion,
} from "../lib/requests/request-deletion.ts";
import type { Call, Handler } from "./call.ts";
import { askedBy } from "./request-answer.ts";

export const deleteRestorePoint =
  (services: RequestDeletionDeps): Handler<typeof deleteRestorePointRoute> =>
  (call) =>
    deleted(services, call, call.params);

export const deleteCopy =
  (services: RequestDeletionDeps): Handler<typeof deleteCopyRoute> =>
  (call) =>
    deleted(services, call, call.params);

/**
 * Also a second time, or of what never was: what is asked for is then so. Of a VM that nobody knows nothing is said,
 * as of one that the caller may not see.
 */
async function deleted(services: RequestDeletionDeps, call: Call<Route>, target: DeletionTarget) {
  const requested = await requestDeletion(services, target, askedBy(call), call.log);
  switch (requested.kind) {
    case "notFound": {
      const known = await services.tables.protections.get(protectionKey(target.vm));
      if (known === undefined) throw notFound();
      return { status: 204 } as const;
    }
    case "refused": {
      const { code, message, freeAt } = requested;
      const retry =
        freeAt === undefined ? {} : { "Retry-After": secondsTo(freeAt, services.now()) };
      throw new ApiError(409, { code, message, target: "point" }, retry);
    }
    case "accepted": {
      const { operation: id, caveat, followUp } = requested;
      call.invocation.send(followUp);
      const body = caveat === undefined ? { id } : { id, caveat };
      return { status: 202, headers: operationHeaders(call, id), body } as const;
    }
    default:
      return requested satisfies never;
  }
}

const secondsTo = (at: string, now: Date): string =>
  String(Math.max(1, Math.ceil((Date.parse(at) - now.getTime()) / 1000)));
