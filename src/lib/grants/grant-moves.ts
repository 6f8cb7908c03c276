/**
 * The moves of a grant. Pure; each returns undefined when the grant does not take it, and its writer goes by that.
 *
 * No BeginGetAccess may take effect after the EndGetAccess that is called the last, since it would open the disk again:
 *
 *     Begin is sent ── End is sent, done ── Begin takes effect: the SAS lives
 *
 * So each Begin is announced on the grant before it is sent, and only while the grant is to open the disk; whoever ends
 * the grant moves it to Revoking first, so that no further one starts; and an EndGetAccess counts as the last only when
 * no announced Begin was outstanding as it was sent.
 */
import type { ArmProblem } from "../operations/arm-problem.ts";
import type { OperationId } from "../operations/operation-id.ts";
import { type EndCause, type Extension, type Grant, isLive, isOver } from "./grant.ts";

/** A Begin without an answer has taken effect by then, or never will: the request is given up long before. */
export const BEGIN_SETTLES_MS = 120_000;

const iso = (ms: number): string => new Date(ms).toISOString();
const earlier = (one: string, other: string): string => (one < other ? one : other);
const later = (one: string | undefined, other: string): string =>
  one !== undefined && one > other ? one : other;

/** The disk is the grant's: Azure may be asked for access. */
export const confirm = (grant: Grant): Grant | undefined =>
  grant.state === "Requested" ? { ...grant, state: "Granting" } : undefined;

/** A BeginGetAccess of `operation` is about to be sent. */
export function announceBegin(grant: Grant, operation: OperationId, now: Date): Grant | undefined {
  if (!isLive(grant) || Date.parse(grant.expiresAt) - now.getTime() < 1000) return undefined;
  const settlesBy = iso(now.getTime() + BEGIN_SETTLES_MS);
  const begin = { operation, until: grant.expiresAt, settlesBy };
  if (grant.begin === undefined) return { ...grant, begin };
  // An earlier one is still without an answer, and nobody asks ARM about it any more.
  const straysUntil = earlier(grant.begin.settlesBy, settlesBy);
  return { ...grant, strayUntil: later(grant.strayUntil, straysUntil), begin };
}

/** ARM has taken the Begin: its operation tells when it has taken effect, by `settlesBy` at the latest. */
export const acceptBegin = (
  grant: Grant,
  operation: OperationId,
  settlesBy: string,
): Grant | undefined =>
  grant.begin?.operation === operation
    ? { ...grant, begin: { ...grant.begin, settlesBy } }
    : undefined;

/** The Begin was not carried out, and will not be. */
export function forgetBegin(grant: Grant, operation: OperationId, now: Date): Grant | undefined {
  if (grant.begin?.operation !== operation) return undefined;
  const { begin: _, ...rest } = grant;
  return endableNow(rest, now);
}

/** Nobody can ask ARM about the Begin any more: it has as long as one without an answer. */
export function loseBegin(grant: Grant, operation: OperationId, now: Date): Grant | undefined {
  if (grant.begin?.operation !== operation) return undefined;
  const latest = iso(now.getTime() + BEGIN_SETTLES_MS);
  if (grant.begin.settlesBy <= latest) return undefined;
  return { ...grant, begin: { ...grant.begin, settlesBy: latest } };
}

/** What an EndGetAccess of a grant that is being revoked had to wait for has come. */
const endableNow = (grant: Grant, now: Date): Grant =>
  grant.ending === undefined
    ? grant
    : { ...grant, ending: { ...grant.ending, notBefore: now.toISOString() } };

/** The Begin has taken effect. */
export function settleBegin(
  grant: Grant,
  { id, resultUrl }: { readonly id: OperationId; readonly resultUrl?: string | undefined },
  now: Date,
): Grant | undefined {
  if (grant.begin?.operation !== id) return undefined;
  const { begin, error: _, ...rest } = grant;
  const url = resultUrl === undefined ? {} : { resultUrl };
  const settled = endableNow({ ...rest, ...url, sasUntil: begin.until }, now);
  return grant.state === "Granting"
    ? { ...settled, state: "Active", activeSince: now.toISOString() }
    : settled;
}

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

/** Whether a Begin may still take effect. */
const isOutstanding = ({ begin, strayUntil }: Grant, now: Date): boolean =>
  [begin?.settlesBy, strayUntil].some((at) => at !== undefined && Date.parse(at) >= now.getTime());

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

/** When the next EndGetAccess can be the last one. A Begin that ARM has taken tells by itself when it has settled. */
export function endableAt({ begin, strayUntil }: Grant, now: Date): Date {
  const times = [begin?.settlesBy, strayUntil].flatMap((at) => (at ? [Date.parse(at) + 1] : []));
  return new Date(Math.max(now.getTime(), ...times));
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
