/**
 * Finds grants that are due although no message tells: past their expiry, not finished, or being revoked. Reads the rows
 * of the minutes that have come, never all grants, and moves each row to the minute when it is due again.
 */
import { errorText } from "../error-text.ts";
import type { FollowUp } from "../operations/messages.ts";
import { changeRecord } from "../state/change-record.ts";
import { every } from "../state/entity-table.ts";
import type { Log } from "../telemetry.ts";
import { auditGrant, theApp } from "./audit-grant.ts";
import { diskLocksKey, withoutLock } from "./disk-locks.ts";
import { type Grant, isLive, isOver, LATE_AFTER_MS } from "./grant.ts";
import type { GrantDeps } from "./grant-deps.ts";
import {
  allGrantsDue,
  type GrantDue,
  grantDueAt,
  grantDueTable,
  grantForgottenAt,
  grantsDueUntil,
  grantsForgottenUntil,
} from "./grant-due.ts";
import { grantKey } from "./grant-id.ts";
import { markLate } from "./grant-moves.ts";
import { FORGOTTEN_AFTER_MS } from "./release-grant.ts";

/** Also tells how many grants there are, and how many of them are late. */
export const sweepGrants =
  (deps: GrantDeps) =>
  async (log: Log): Promise<FollowUp> => {
    const { tables, now } = deps;
    const revoke: { grant: GrantDue["grant"] }[] = [];
    const late = new Set<GrantDue["grant"]>();
    for (const range of [grantsDueUntil(now()), grantsForgottenUntil(now())]) {
      for await (const row of every(tables.grantDue, range)) {
        const turn = await takeTurnSafely(deps, row, log);
        if (turn.isDue) revoke.push({ grant: row.grant });
        if (turn.isLate) late.add(row.grant);
      }
    }
    log.info("grantsSwept", { active: await countActiveSafely(deps, log), late: late.size });
    return { revoke };
  };

/** An extended grant has several rows until the earlier ones are due, and counts for as long, should it end before. */
async function countActive({ tables }: GrantDeps): Promise<number> {
  const active = new Set<GrantDue["grant"]>();
  for await (const { grant } of every(tables.grantDue, allGrantsDue)) active.add(grant);
  return active.size;
}

/** Undefined when they cannot be counted, which keeps no grant open. */
async function countActiveSafely(deps: GrantDeps, log: Log): Promise<number | undefined> {
  try {
    return await countActive(deps);
  } catch (error) {
    log.error("sweepFailed", { reason: errorText(error) });
    return undefined;
  }
}

interface Turn {
  /** Something is to be done about the grant. */
  readonly isDue: boolean;
  readonly isLate: boolean;
}

/** One grant that cannot be read must not keep the others open. */
async function takeTurnSafely(deps: GrantDeps, row: GrantDue, log: Log): Promise<Turn> {
  try {
    return await takeTurn(deps, row, log);
  } catch (error) {
    log.error("sweepFailed", { grant: row.grant, reason: errorText(error) });
    // Whatever is wrong with it, its end is tried; and nobody knows better than its row whether it is late.
    const dueAt = Date.parse(`${row.minute}Z`);
    const isLate = !row.over && deps.now().getTime() >= dueAt + LATE_AFTER_MS;
    return { isDue: true, isLate };
  }
}

/** Moves the row on. */
async function takeTurn(deps: GrantDeps, row: GrantDue, log: Log): Promise<Turn> {
  const { tables, now } = deps;
  const grant = (await tables.grants.get(grantKey(row.grant)))?.record;
  const turn = grant ? turnOf(grant, now()) : { isDue: false };
  if (turn.next) await tables.grantDue.upsert(turn.next);
  else if (grant) await forget(deps, grant);
  await tables.grantDue.remove(grantDueTable.keyOf(row));
  const isLate = grant !== undefined && isLateAt(grant, now());
  if (isLate) {
    // It is late whether somebody can be told or not.
    await tellLate(deps, grant, log).catch((error: unknown) =>
      log.error("sweepFailed", { grant: row.grant, reason: errorText(error) }),
    );
  }
  return { isDue: turn.isDue, isLate };
}

/** Its record was kept long enough. A lock that was left behind goes before it. */
async function forget({ tables }: GrantDeps, { id, vm }: Grant): Promise<void> {
  await changeRecord(tables.locks, diskLocksKey(vm), (row) => withoutLock(row, id));
  await tables.grants.remove(grantKey(id));
}

/** `next` left out: the grant is to be forgotten. */
function turnOf(grant: Grant, now: Date): { isDue: boolean; next?: GrantDue } {
  const { id, expiresAt } = grant;
  if (isOver(grant)) {
    const forgetAt = new Date(
      Date.parse(grant.revokedAt ?? grant.requestedAt) + FORGOTTEN_AFTER_MS,
    );
    return forgetAt > now
      ? { isDue: true, next: grantForgottenAt(id, forgetAt) }
      : { isDue: false };
  }
  const isRunning = isLive(grant) && !grant.isAsking && Date.parse(expiresAt) > now.getTime();
  // While something is to be done, again in the next minute.
  return isRunning
    ? { isDue: false, next: grantDueAt(id, new Date(expiresAt)) }
    : { isDue: true, next: grantDueAt(id, now) };
}

const endOf = ({ ending, expiresAt }: Grant): number => Date.parse(ending?.at ?? expiresAt);

const isLateAt = (grant: Grant, now: Date): boolean =>
  !isOver(grant) && now.getTime() >= endOf(grant) + LATE_AFTER_MS;

async function tellLate(deps: GrantDeps, grant: Grant, log: Log): Promise<void> {
  const { tables, now, notifications } = deps;
  const { id, ending } = grant;
  const endsAt = endOf(grant);
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
