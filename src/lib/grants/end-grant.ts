/** Ends a grant: from here on nothing opens the disk for it any more, and EndGetAccess is called until it is true. */
import type { ArmProblem } from "../operations/arm-problem.ts";
import type { FollowUp } from "../operations/messages.ts";
import { operationIdOf } from "../operations/operation-id.ts";
import { changeRecord } from "../state/change-record.ts";
import type { Log } from "../telemetry.ts";
import { auditGrant, theApp } from "./audit-grant.ts";
import { type EndCause, type Grant, isOver } from "./grant.ts";
import type { GrantDeps } from "./grant-deps.ts";
import { grantDueAt } from "./grant-due.ts";
import { type GrantId, grantKey } from "./grant-id.ts";
import { abandon, startRevoking } from "./grant-moves.ts";
import { releaseGrant } from "./release-grant.ts";

export interface Ended {
  readonly grant: Grant | undefined;
  readonly followUp: FollowUp;
}

export interface EndReason {
  readonly cause: EndCause;
  readonly by?: { readonly id: string; readonly kind: "person" | "app" };
  /** When it was to end. */
  readonly at: Date;
  readonly error?: ArmProblem;
  readonly correlationId?: string;
}

/** Undefined grant: there is none. One that is ending, or has ended, stays as it is. */
export async function endGrant(
  deps: GrantDeps,
  id: GrantId,
  reason: EndReason,
  log: Log,
): Promise<Ended> {
  const { tables, now } = deps;
  const stored = await tables.grants.get(grantKey(id));
  if (stored === undefined) return { grant: undefined, followUp: {} };
  // Before the move: whatever dies in between, the sweep goes on with it.
  if (!isOver(stored.record)) await tables.grantDue.upsert(grantDueAt(id, now()));
  const operation = operationIdOf(stored.record.vm, deps.newUlid(now()));
  const { cause, by, at, error, correlationId } = reason;
  const asked = {
    cause,
    at,
    now: now(),
    operation,
    ...(by ? { by: by.id } : {}),
    ...(error ? { error } : {}),
  };
  const grant = await changeRecord(
    tables.grants,
    grantKey(id),
    (current) => abandon(current, error ?? notFinished, now()) ?? startRevoking(current, asked),
  );
  if (grant?.ending?.operation === operation) {
    const actor = by ?? theApp;
    const when = now().toISOString();
    await auditGrant(deps, grant, {
      ...{ action: "grantEnding", at: when, actor, code: cause },
      ...(error ? { message: error.message } : {}),
      ...(correlationId ? { correlationId } : {}),
    });
    log.info("grantEnding", { grant: id, vm: grant.vm, cause, by: by?.id });
  }
  if (grant?.state === "Failed") return { grant, followUp: await releaseGrant(deps, grant, log) };
  return { grant, followUp: grant?.state === "Revoking" ? { revoke: [{ grant: id }] } : {} };
}

const notFinished = {
  code: "RequestNotFinished",
  message: "The request for the grant was not finished. Nothing was granted.",
};
