/**
 * Whatever is due of one grant. Its expiry is awaited here, to the millisecond: the only wait inside a function, since
 * messages come to the second, and late rather than early.
 *
 *     state                            what is done
 *     Requested, a minute old          nobody finished the request: it has failed
 *     Granting, Active, not expired    the operation that asks Azure is made, if a crash came before it
 *     Granting, Active, expired        Revoking
 *     Revoking                         the operation that calls EndGetAccess is made and started, here and now
 *     Revoked, Failed                  the disk is released
 */

import { type FollowUp, mergeFollowUps, type RevokeGrantMessage } from "../operations/messages.ts";
import { isEnded, operationKey } from "../operations/operation.ts";
import { recordOperation } from "../operations/record-operation.ts";
import { type StartDeps, startOperation } from "../operations/start-operation.ts";
import type { Log } from "../telemetry.ts";
import { endGrant } from "./end-grant.ts";
import { type Grant, isOver } from "./grant.ts";
import type { GrantDeps } from "./grant-deps.ts";
import { grantKey } from "./grant-id.ts";
import { askingOf, endingOf } from "./grant-operations.ts";
import { releaseGrant } from "./release-grant.ts";
import { settleRevocation } from "./settle-access.ts";
import { wakeAtExpiry } from "./wake-grant.ts";

export interface RevokeDeps extends GrantDeps, StartDeps {
  readonly tables: GrantDeps["tables"] & StartDeps["tables"];
  readonly delayed: GrantDeps["delayed"] & StartDeps["delayed"];
  /** Resolves at that time. */
  readonly sleepUntil: (at: Date) => Promise<void>;
}

/** A request that is not confirmed by then never will be. */
const UNFINISHED_AFTER_MS = 60_000;
/** An expiry that is nearer than this is waited for. */
const NEAR_MS = 4000;

export const revokeGrant =
  (deps: RevokeDeps) =>
  async ({ grant: id, until }: RevokeGrantMessage, log: Log): Promise<FollowUp> => {
    const grant = (await deps.tables.grants.get(grantKey(id)))?.record;
    // Whoever extended it has sent another one.
    if (grant === undefined || (until !== undefined && until < grant.expiresAt)) return {};
    if (isOver(grant)) return await releaseGrant(deps, grant, log);
    if (grant.state === "Requested") return await afterRequest(deps, grant, log);
    if (grant.state === "Revoking") return await goOnEnding(deps, grant, log);
    return await atExpiry(deps, grant, until !== undefined, log);
  };

async function afterRequest(deps: RevokeDeps, grant: Grant, log: Log): Promise<FollowUp> {
  const age = deps.now().getTime() - Date.parse(grant.requestedAt);
  if (age < UNFINISHED_AFTER_MS) return {};
  const reason = { cause: "failed", at: deps.now(), error: notFinished } as const;
  return (await endGrant(deps, grant.id, reason, log)).followUp;
}

const notFinished = {
  code: "RequestNotFinished",
  message: "The request for the grant was not finished. Nothing was granted.",
};

async function atExpiry(
  deps: RevokeDeps,
  grant: Grant,
  isOfExpiry: boolean,
  log: Log,
): Promise<FollowUp> {
  const expiresAt = new Date(grant.expiresAt);
  const left = expiresAt.getTime() - deps.now().getTime();
  const asking = askingOf(grant, deps.now());
  const resumed = asking ? await recordOperation(deps, asking) : {};
  if (left > NEAR_MS) {
    // The message of its expiry goes on its way again; the sweep's has no such thing to do.
    if (isOfExpiry) await wakeAtExpiry(deps, grant);
    return resumed;
  }
  if (left > 0) await deps.sleepUntil(expiresAt);
  // One that was extended in its last seconds stays as it is; whoever did so has set the new time.
  const ended = await endGrant(deps, grant.id, { cause: "expired", at: expiresAt }, log);
  if (ended.grant?.state !== "Revoking") return mergeFollowUps([resumed, ended.followUp]);
  return await goOnEnding(deps, ended.grant, log);
}

async function goOnEnding(deps: RevokeDeps, grant: Grant, log: Log): Promise<FollowUp> {
  const operation = endingOf(grant, deps.now());
  if (operation === undefined) return {};
  const existing = (await deps.tables.operations.get(operationKey(operation.id)))?.record;
  // One message at a time goes on with it: should two have come to be, the second one ends here.
  if (existing === undefined && isTooEarly(grant, deps.now())) return {};
  // Its end was recorded on the operation, and a crash came before the grant was moved on.
  if (existing?.kind === "revokeAccess" && isEnded(existing)) {
    const error = existing.error ?? { code: "RequestLost", message: "Its outcome is not known." };
    return await settleRevocation(deps, operation, { kind: "failed", error }, log);
  }
  if (existing === undefined) await recordOperation(deps, operation);
  // Also one whose process died while it was calling EndGetAccess: its lease says when that is over.
  else if (existing.state !== "Planned" && existing.state !== "Submitting") return {};
  return await startOperation(deps)(operation.id, log);
}

/** More than the clocks of two instances differ. */
const SKEW_MS = 2000;

const isTooEarly = ({ ending }: Grant, now: Date): boolean =>
  ending !== undefined && Date.parse(ending.notBefore) > now.getTime() + SKEW_MS;
