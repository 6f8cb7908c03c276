/** Ends a grant: from here on nothing opens the disk for it any more, and EndGetAccess is called until it is true. */
import type { FollowUp } from "../operations/messages.ts";
import { operationIdOf } from "../operations/operation-id.ts";
import { changeRecord } from "../state/change-record.ts";
import type { Log } from "../telemetry.ts";
import { auditEnding } from "./audit-grant.ts";
import { type Grant, isOver } from "./grant.ts";
import type { GrantDeps } from "./grant-deps.ts";
import { grantDueAt } from "./grant-due.ts";
import { type GrantId, grantKey } from "./grant-id.ts";
import { abandon, type EndRequest, startRevoking } from "./grant-moves.ts";
import { releaseGrant } from "./release-grant.ts";

export interface Ended {
  readonly grant: Grant | undefined;
  /** Whether it was this call that ended it. */
  readonly isNew: boolean;
  readonly followUp: FollowUp;
}

export type EndReason = Omit<EndRequest, "now" | "operation">;

/** Undefined grant: there is none. One that is ending, or has ended, stays as it is. */
export async function endGrant(
  deps: GrantDeps,
  id: GrantId,
  reason: EndReason,
  log: Log,
): Promise<Ended> {
  const { tables, now } = deps;
  const stored = await tables.grants.get(grantKey(id));
  if (stored === undefined) return { grant: undefined, isNew: false, followUp: {} };
  // Before the move: whatever dies in between, the sweep goes on with it. For its expiry the row is there.
  const isExpiry = reason.cause === "expired";
  if (!isOver(stored.record) && !isExpiry) await tables.grantDue.upsert(grantDueAt(id, now()));
  const operation = operationIdOf(stored.record.vm, deps.newUlid(now()));
  const grant = await changeRecord(tables.grants, grantKey(id), (current) => {
    const asked = { ...reason, now: now(), operation };
    return abandon(current, asked) ?? startRevoking(current, asked);
  });
  const isNew = grant?.ending?.operation === operation;
  if (grant && isNew) {
    // What ends as it was to end is closed first, and on record with its end.
    if (!isExpiry) await auditEnding(deps, grant);
    log.info("grantEnding", { grant: id, vm: grant.vm, cause: reason.cause, by: reason.by?.id });
  }
  if (grant?.state === "Failed") {
    return { grant, isNew, followUp: await releaseGrant(deps, grant, log) };
  }
  return { grant, isNew, followUp: grant?.state === "Revoking" ? { revoke: [{ grant: id }] } : {} };
}
