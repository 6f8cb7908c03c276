/**
 * Finds grants that are due although no message tells: past their expiry, not finished, or being revoked. Reads the rows
 * of the minutes that have come, never all grants, and moves each row to the minute when it is due again.
 */
import type { FollowUp } from "../operations/messages.ts";
import { changeRecord } from "../state/change-record.ts";
import { every } from "../state/entity-table.ts";
import type { Log } from "../telemetry.ts";
import { auditGrant, theApp } from "./audit-grant.ts";
import { diskLocksKey, withoutLock } from "./disk-locks.ts";
import { type Grant, isLive, isOver, LATE_AFTER_MS } from "./grant.ts";
import type { GrantDeps } from "./grant-deps.ts";
import { type GrantDue, grantDueAt, grantDueTable, grantsDueUntil } from "./grant-due.ts";
import { grantKey } from "./grant-id.ts";
import { markLate } from "./grant-moves.ts";
import { FORGOTTEN_AFTER_MS } from "./release-grant.ts";

export const sweepGrants =
  (deps: GrantDeps) =>
  async (log: Log): Promise<FollowUp> => {
    const revoke: { grant: GrantDue["grant"] }[] = [];
    for await (const row of every(deps.tables.grantDue, grantsDueUntil(deps.now()))) {
      if (await takeTurnSafely(deps, row, log)) revoke.push({ grant: row.grant });
    }
    return { revoke };
  };

/** One grant that cannot be read must not keep the others open. */
async function takeTurnSafely(deps: GrantDeps, row: GrantDue, log: Log): Promise<boolean> {
  try {
    return await takeTurn(deps, row, log);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    log.error("sweepFailed", { grant: row.grant, reason });
    // Whatever is wrong with it, its end is tried.
    return true;
  }
}

/** Moves the row on; true: something is to be done about the grant. */
async function takeTurn(deps: GrantDeps, row: GrantDue, log: Log): Promise<boolean> {
  const { tables, now } = deps;
  const grant = (await tables.grants.get(grantKey(row.grant)))?.record;
  const turn = grant ? turnOf(grant, now()) : { isDue: false };
  if (turn.next) await tables.grantDue.upsert(grantDueAt(row.grant, turn.next));
  else if (grant) await forget(deps, grant);
  await tables.grantDue.remove(grantDueTable.keyOf(row));
  if (grant) await tellIfLate(deps, grant, log);
  return turn.isDue;
}

/** Its record was kept long enough. A lock that was left behind goes before it. */
async function forget({ tables }: GrantDeps, { id, vm }: Grant): Promise<void> {
  await changeRecord(tables.locks, diskLocksKey(vm), (row) => withoutLock(row, id));
  await tables.grants.remove(grantKey(id));
}

/** `next` left out: the grant is to be forgotten. */
function turnOf(grant: Grant, now: Date): { isDue: boolean; next?: Date } {
  if (isOver(grant)) {
    const forgetAt = new Date(
      Date.parse(grant.revokedAt ?? grant.requestedAt) + FORGOTTEN_AFTER_MS,
    );
    return forgetAt > now ? { isDue: true, next: forgetAt } : { isDue: false };
  }
  const isRunning = isLive(grant) && !grant.isAsking && Date.parse(grant.expiresAt) > now.getTime();
  // While something is to be done, again in the next minute.
  return isRunning ? { isDue: false, next: new Date(grant.expiresAt) } : { isDue: true, next: now };
}

async function tellIfLate(deps: GrantDeps, grant: Grant, log: Log): Promise<void> {
  const { tables, now, notifications } = deps;
  const { id, ending, expiresAt } = grant;
  const endsAt = Date.parse(ending?.at ?? expiresAt);
  if (isOver(grant) || now().getTime() < endsAt + LATE_AFTER_MS) return;
  if (ending && ending.lateSince === undefined) {
    // Before the mark, which a crash in between leaves to the next sweep.
    await notifications?.tell({ of: "grant", grant: id, happened: "late" });
  }
  const marked = await changeRecord(tables.grants, grantKey(id), (current) =>
    markLate(current, now()),
  );
  const lateSince = marked?.ending?.lateSince;
  if (marked === undefined || lateSince === undefined) return;
  const lagMs = Date.parse(lateSince) - endsAt;
  await auditGrant(deps, marked, { action: "revocationLate", at: lateSince, actor: theApp, lagMs });
  log.error("revocationLate", { grant: id, vm: grant.vm, lateMs: now().getTime() - endsAt });
}
