/** What follows the end of a grant. Repeating it is harmless. */
import type { FollowUp } from "../operations/messages.ts";
import { changeRecord } from "../state/change-record.ts";
import type { Log } from "../telemetry.ts";
import { auditEnding, auditGrant, theApp } from "./audit-grant.ts";
import { diskLocksKey, withoutLock } from "./disk-locks.ts";
import type { Grant } from "./grant.ts";
import type { GrantDeps } from "./grant-deps.ts";
import { grantDueAt, grantDueTable, grantForgottenAt } from "./grant-due.ts";

/** The record of a grant is kept for so long after its end; the audit log is kept. */
export const FORGOTTEN_AFTER_MS = 30 * 86_400_000;

/** The disk restore point is free for others, and what waited for it goes on. */
export async function releaseGrant(deps: GrantDeps, grant: Grant, log: Log): Promise<FollowUp> {
  const { tables } = deps;
  const { id, vm, state, ending, lagMs, error } = grant;
  const at = grant.revokedAt ?? deps.now().toISOString();
  const forgetAt = new Date(Date.parse(at) + FORGOTTEN_AFTER_MS);
  await tables.grantDue.upsert(grantForgottenAt(id, forgetAt));
  // One that ended early has no expiry any more.
  const atExpiry = grantDueAt(id, new Date(grant.expiresAt));
  await tables.grantDue.remove(grantDueTable.keyOf(atExpiry));
  let first = false;
  await changeRecord(tables.locks, diskLocksKey(vm), (row) => {
    const without = withoutLock(row, id);
    first = without !== undefined;
    return without;
  });
  await auditEnding(deps, grant);
  await auditGrant(deps, grant, {
    action: state === "Revoked" ? "grantRevoked" : "grantFailed",
    at,
    actor: theApp,
    lagMs,
    code: error?.code ?? ending?.cause,
    message: error?.message,
  });
  if (first) {
    const fields = { grant: id, vm, cause: ending?.cause, lagMs, code: error?.code };
    if (state === "Revoked") log.info("grantRevoked", fields);
    else log.warn("grantFailed", fields);
  }
  // A deletion may have waited for it.
  return { points: [{ vm }] };
}
