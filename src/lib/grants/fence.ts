/**
 * The fence between BeginGetAccess and EndGetAccess on one grant. Pure; a move that the grant does not take is undefined.
 *
 * No BeginGetAccess may take effect after the EndGetAccess that is called the last, since it would open the disk again:
 *
 *     Begin is sent ── End is sent, done ── Begin takes effect: the SAS lives
 *
 * So each Begin is announced on the grant before it is sent, and only while the grant is to open the disk; whoever ends
 * the grant moves it to Revoking first, so that no further one starts; and an EndGetAccess counts as the last only when
 * no announced Begin was outstanding as it was sent.
 */
import type { OperationId } from "../operations/operation-id.ts";
import { type Grant, isLive } from "./grant.ts";

/** A Begin without an answer has taken effect by then, or never will: the request is given up long before. */
const BEGIN_SETTLES_MS = 120_000;

const iso = (ms: number): string => new Date(ms).toISOString();
const earlier = (one: string, other: string): string => (one < other ? one : other);
const later = (one: string | undefined, other: string): string =>
  one !== undefined && one > other ? one : other;

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
    ? { ...settled, state: "Active", activeSince: now.toISOString(), activeBy: id }
    : settled;
}

/** Whether a Begin may still take effect. */
export const isOutstanding = ({ begin, strayUntil }: Grant, now: Date): boolean =>
  [begin?.settlesBy, strayUntil].some((at) => at !== undefined && Date.parse(at) >= now.getTime());

/** When the next EndGetAccess can be the last one. A Begin that ARM has taken tells by itself when it has settled. */
export function endableAt({ begin, strayUntil }: Grant, now: Date): Date {
  const times = [begin?.settlesBy, strayUntil].flatMap((at) => (at ? [Date.parse(at) + 1] : []));
  return new Date(Math.max(now.getTime(), ...times));
}
