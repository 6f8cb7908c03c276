/** The moves of a grant. Pure; each returns undefined when the grant does not take it, and its writer goes by that. */
import type { ArmProblem } from "../operations/arm-problem.ts";
import type { OperationId } from "../operations/operation-id.ts";
import { isOutstanding } from "./fence.ts";
import { type EndCause, type Extension, type Grant, isLive, isOver } from "./grant.ts";

/** The disk is the grant's: Azure may be asked for access. */
export const confirm = (grant: Grant): Grant | undefined =>
  grant.state === "Requested" ? { ...grant, state: "Granting" } : undefined;

/** The operation that asked Azure has ended; `next`, if there is one, asks again for what was extended meanwhile. */
export function stopAsking(grant: Grant, operation: OperationId, next?: OperationId): Grant {
  if (grant.operation !== operation || !grant.isAsking) return grant;
  const isShort = grant.sasUntil !== undefined && grant.sasUntil < grant.expiresAt;
  return grant.state === "Active" && isShort && next !== undefined
    ? { ...grant, operation: next }
    : { ...grant, isAsking: false };
}

/** Up to `until`, if that is later; a request for less is on record as well. An operation that is asking already asks for as long as that. */
export function extend(
  grant: Grant,
  until: Date,
  lastExtension: Extension,
  next: OperationId,
): Grant | undefined {
  if (!isLive(grant) && grant.state !== "Requested") return undefined;
  const expiresAt = until.toISOString();
  const extended = { ...grant, extensions: grant.extensions + 1, lastExtension };
  if (expiresAt <= grant.expiresAt) return extended;
  const asking = grant.isAsking ? {} : { operation: next, isAsking: true };
  return { ...extended, ...asking, expiresAt };
}

/** Azure does not have the SAS any more: it is asked again. */
export const refresh = (grant: Grant, next: OperationId): Grant | undefined =>
  grant.state === "Active" && !grant.isAsking
    ? { ...grant, operation: next, isAsking: true }
    : undefined;

/** Azure did not extend it: it ends when the SAS does. Undefined: there is nothing to take back. */
export function withdrawExtension(grant: Grant, error: ArmProblem, now: Date): Grant | undefined {
  const { sasUntil } = grant;
  const isShort = sasUntil !== undefined && sasUntil < grant.expiresAt;
  if (grant.state !== "Active" || grant.isAsking || !isShort) return undefined;
  return { ...grant, expiresAt: sasUntil, withdrawnAt: now.toISOString(), error };
}

export interface EndRequest {
  readonly cause: EndCause;
  readonly by?: { readonly id: string; readonly kind: "person" | "app" };
  readonly correlationId?: string;
  readonly at: Date;
  readonly now: Date;
  readonly operation: OperationId;
  readonly error?: ArmProblem;
}

/** No Begin starts from here on. */
export function startRevoking(grant: Grant, asked: EndRequest): Grant | undefined {
  if (!isLive(grant)) return undefined;
  const { at, error, now, ...rest } = asked;
  // It was extended in that very moment.
  if (asked.cause === "expired" && Date.parse(grant.expiresAt) > at.getTime()) return undefined;
  const since = now.toISOString();
  const times = { at: at.toISOString(), since, notBefore: since };
  const ending = { ...rest, ...times, attempt: 1, isLast: false };
  return { ...grant, state: "Revoking", ending, ...(error ? { error } : {}) };
}

/** Never confirmed: Azure was never asked for anything. */
export function abandon(grant: Grant, asked: EndRequest): Grant | undefined {
  if (grant.state !== "Requested") return undefined;
  const revoking = startRevoking({ ...grant, state: "Granting" }, asked);
  const error = asked.error ?? {
    code: "EndedBeforeGranted",
    message: "The grant was ended before Azure was asked. Nothing was granted.",
  };
  const revokedAt = asked.now.toISOString();
  return { ...grant, ...revoking, state: "Failed", isAsking: false, error, revokedAt };
}

/** An EndGetAccess of `operation` is about to be sent. */
export function announceEnd(grant: Grant, operation: OperationId, now: Date): Grant | undefined {
  if (grant.state !== "Revoking" || grant.ending?.operation !== operation) return undefined;
  return { ...grant, ending: { ...grant.ending, isLast: !isOutstanding(grant, now) } };
}

/** The EndGetAccess of `operation` is done. Undefined: it was not the last, or is another grant's. */
export function finish(grant: Grant, operation: OperationId, now: Date): Grant | undefined {
  const { ending } = grant;
  if (grant.state !== "Revoking" || ending?.operation !== operation || !ending.isLast)
    return undefined;
  const { begin: _, strayUntil: __, resultUrl: ___, ...rest } = { ...grant, isAsking: false };
  const lagMs = Math.max(0, now.getTime() - Date.parse(ending.at));
  return {
    ...rest,
    state: ending.cause === "failed" ? "Failed" : "Revoked",
    revokedAt: now.toISOString(),
    lagMs,
  };
}

/** Another EndGetAccess is needed. */
export function endAgain(
  grant: Grant,
  before: OperationId,
  { operation, notBefore }: { readonly operation: OperationId; readonly notBefore: Date },
): Grant | undefined {
  const { ending } = grant;
  if (grant.state !== "Revoking" || ending?.operation !== before) return undefined;
  const again = { operation, attempt: ending.attempt + 1, notBefore: notBefore.toISOString() };
  return { ...grant, ending: { ...ending, ...again, isLast: false } };
}

/** The holder reads the SAS. Undefined: it may not any more. */
export function read(grant: Grant, now: Date): Grant | undefined {
  if (grant.state !== "Active" || Date.parse(grant.expiresAt) <= now.getTime()) return undefined;
  const readAt = [...grant.readAt, now.toISOString()].slice(-MOST_READINGS);
  return { ...grant, readings: grant.readings + 1, readAt };
}
const MOST_READINGS = 50;

/** Known to be late. */
export function markLate(grant: Grant, now: Date): Grant | undefined {
  const { ending } = grant;
  if (isOver(grant) || ending === undefined || ending.lateSince !== undefined) return undefined;
  return { ...grant, ending: { ...ending, lateSince: now.toISOString() } };
}
