/** What the end of a grant's operation makes of the grant. Repeating it is harmless: only the grant's state decides. */
import type { Ending } from "../operations/endings/ending.ts";
import type { FollowUp } from "../operations/messages.ts";
import type { GrantOperation, RevokeOperation } from "../operations/operation.ts";
import { operationIdOf } from "../operations/operation-id.ts";
import { recordOperation } from "../operations/record-operation.ts";
import { changeRecord } from "../state/change-record.ts";
import type { Log } from "../telemetry.ts";
import { auditExtension, auditGrant, theApp } from "./audit-grant.ts";
import { diskLocksKey, withLockUntil } from "./disk-locks.ts";
import { endGrant } from "./end-grant.ts";
import { endableAt, forgetBegin, loseBegin, settleBegin } from "./fence.ts";
import { type Grant, isOver } from "./grant.ts";
import type { GrantDeps } from "./grant-deps.ts";
import { grantKey } from "./grant-id.ts";
import { endAgain, finish, stopAsking, withdrawExtension } from "./grant-moves.ts";
import { askingOf } from "./grant-operations.ts";
import { releaseGrant } from "./release-grant.ts";
import { wakeAtExpiry } from "./wake-grant.ts";

export async function settleGrantAccess(
  deps: GrantDeps,
  operation: GrantOperation,
  ending: Ending,
  log: Log,
): Promise<FollowUp> {
  const key = grantKey(operation.request.grant);
  const next = operationIdOf(operation.vm, deps.newUlid(deps.now()));
  const grant = await changeRecord(deps.tables.grants, key, (current) => {
    const settled = afterBegin(current, operation, ending, deps.now());
    return ending.kind === "succeeded"
      ? stopAsking(settled ?? current, operation.id, next)
      : stopAsking(settled ?? current, operation.id);
  });
  if (grant === undefined) return {};
  return ending.kind === "succeeded"
    ? await afterGranting(deps, grant, operation, log)
    : await afterRefusal(deps, grant, operation, ending, log);
}

function afterBegin(
  grant: Grant,
  operation: GrantOperation,
  ending: Ending,
  now: Date,
): Grant | undefined {
  if (ending.kind === "succeeded") return settleBegin(grant, operation, now);
  return ending.isFinal
    ? forgetBegin(grant, operation.id, now)
    : loseBegin(grant, operation.id, now);
}

async function afterGranting(
  deps: GrantDeps,
  grant: Grant,
  operation: GrantOperation,
  log: Log,
): Promise<FollowUp> {
  if (grant.activeSince !== undefined) {
    const at = grant.activeSince;
    await auditGrant(deps, grant, { action: "grantIssued", at, actor: theApp });
    await auditExtension(deps, grant);
  }
  if (grant.activeBy === operation.id) await tellOf(deps, grant, "issued");
  // It was to end meanwhile; the access is there now, and has to go.
  if (grant.state === "Revoking") return { revoke: [{ grant: grant.id }] };
  const asking = askingOf(grant, deps.now());
  if (asking === undefined) return {};
  log.info("grantExtended", { grant: grant.id, vm: grant.vm });
  return await recordOperation(deps, asking);
}

async function afterRefusal(
  deps: GrantDeps,
  grant: Grant,
  operation: GrantOperation,
  { error }: Ending & { kind: "failed" },
  log: Log,
): Promise<FollowUp> {
  if (isOver(grant) || grant.operation !== operation.id) return {};
  if (grant.state === "Revoking") return { revoke: [{ grant: grant.id }] };
  const lost = error.code === "HolderNotAllowed";
  if (grant.state === "Granting" || lost) {
    const cause = lost ? "partnerChanged" : "failed";
    const ended = await endGrant(deps, grant.id, { cause, at: deps.now(), error }, log);
    return ended.followUp;
  }
  return await withdraw(deps, grant, error);
}

/** The extension came to nothing: the grant ends when its SAS does. */
async function withdraw(
  deps: GrantDeps,
  { id, vm, extensions }: Grant,
  error: (Ending & { kind: "failed" })["error"],
): Promise<FollowUp> {
  const grant = await changeRecord(deps.tables.grants, grantKey(id), (current) =>
    current.extensions === extensions ? withdrawExtension(current, error, deps.now()) : undefined,
  );
  if (grant?.state !== "Active" || grant.withdrawnAt === undefined) return {};
  const { withdrawnAt: at, expiresAt } = grant;
  const { code, message } = error;
  const entry = { action: "extensionFailed", at, actor: theApp, code, message } as const;
  await auditGrant(deps, grant, { ...entry, number: extensions });
  await changeRecord(deps.tables.locks, diskLocksKey(vm), (row) =>
    withLockUntil(row, id, expiresAt),
  );
  await wakeAtExpiry(deps, grant);
  return {};
}

const SECOND = 1000;
/** A disk that may be open is not left alone for longer. */
const LONGEST_WAIT = 10 * SECOND;
const LONGEST_WAIT_AFTER_ERROR = 30 * SECOND;

export async function settleRevocation(
  deps: GrantDeps,
  operation: RevokeOperation,
  ending: Ending,
  log: Log,
): Promise<FollowUp> {
  const { id } = operation;
  const key = grantKey(operation.request.grant);
  const next = operationIdOf(operation.vm, deps.newUlid(deps.now()));
  const grant = await changeRecord(
    deps.tables.grants,
    key,
    (current) =>
      (ending.kind === "succeeded" ? finish(current, id, deps.now()) : undefined) ??
      endAgain(current, id, {
        operation: next,
        notBefore: timeOfNextEnd(current, ending, deps.now()),
      }),
  );
  if (grant === undefined) return {};
  if (grant.state === "Revoked") await tellOf(deps, grant, "revoked");
  if (isOver(grant)) return await releaseGrant(deps, grant, log);
  if (grant.state === "Revoking") {
    const { notBefore = "" } = grant.ending ?? {};
    const delay = Math.max(0, Date.parse(notBefore) - deps.now().getTime());
    await deps.delayed.revokeGrant({ grant: grant.id }, delay);
  }
  return {};
}

/** Before the operation is ended: until then all of this is done again after a crash. */
const tellOf = async (
  { notifications }: GrantDeps,
  { id: grant }: Grant,
  happened: "issued" | "revoked",
): Promise<void> => notifications?.tell({ of: "grant", grant, happened });

/** After an error longer and longer; while a BeginGetAccess may yet take effect often, and then once more. */
function timeOfNextEnd(grant: Grant, ending: Ending, now: Date): Date {
  const backoff = 2 ** Math.min(grant.ending?.attempt ?? 1, 6) * SECOND;
  if (ending.kind === "failed") {
    return new Date(now.getTime() + Math.min(LONGEST_WAIT_AFTER_ERROR, backoff));
  }
  const settled = endableAt(grant, now).getTime();
  return new Date(Math.min(settled, now.getTime() + Math.min(LONGEST_WAIT, backoff)));
}
