/**
 * The request headers of OASIS Repeatable Requests 1.0, which make a POST safe to send again.
 * https://docs.oasis-open.org/odata/repeatable-requests/v1.0/repeatable-requests-v1.0.html
 */
import * as z from "zod";
import { ApiError } from "../api/api-error.ts";

const ID = "Repeatability-Request-ID";
const FIRST_SENT = "Repeatability-First-Sent";
export const RESULT = "Repeatability-Result";

/** A GUID, or whatever else is as unlikely to be used twice. */
const requestIdSchema = z.string().regex(/^[0-9A-Za-z._-]{1,64}$/);

export interface Repeatability {
  readonly id: string;
  readonly firstSent: Date;
}

interface Headers {
  get(name: string): string | null;
}

const HOUR = 3_600_000;
/** A repetition is known for so long. */
export const REPEATABLE_FOR_MS = 24 * HOUR;
/** More than the clocks of two machines differ. */
export const MOST_AHEAD_MS = HOUR / 12;

const rejected = { [RESULT]: "rejected" };

/** Undefined: the request is not meant to be sent again. Throws 400 unless both headers are given, and right. */
export function repeatabilityOf(headers: Headers): Repeatability | undefined {
  const id = headers.get(ID);
  const firstSent = headers.get(FIRST_SENT);
  if (id === null && firstSent === null) return undefined;
  if (!requestIdSchema.safeParse(id).success) {
    throw invalidHeader(ID, "expected a GUID, or 1 to 64 letters, digits, '-', '_' and '.'");
  }
  const at = new Date(firstSent ?? "");
  // The one format that the specification allows is the one that is written back just so.
  if (Number.isNaN(at.getTime()) || at.toUTCString() !== firstSent) {
    throw invalidHeader(FIRST_SENT, "expected a time like Sat, 31 Jan 2026 12:00:00 GMT");
  }
  return { id: id ?? "", firstSent: at };
}

const invalidHeader = (target: string, rule: string): ApiError =>
  new ApiError(400, { code: "InvalidHeader", message: `${target}: ${rule}`, target }, rejected);

/** A route that would not notice a repetition must not be thought to: throws 501. */
export function demandNoRepeatability(headers: Headers): void {
  if (headers.get(ID) === null && headers.get(FIRST_SENT) === null) return;
  const message = "This request cannot be made repeatable. Leave out the Repeatability headers.";
  throw new ApiError(501, { code: "RepeatabilityNotSupported", message, target: ID }, rejected);
}

/** Throws 412 for what may have been forgotten by now. */
export function demandRepeatable({ firstSent }: Repeatability, now: Date): void {
  const age = now.getTime() - firstSent.getTime();
  if (age <= REPEATABLE_FOR_MS && age >= -MOST_AHEAD_MS) return;
  const message =
    "It was first sent more than 24 hours ago, or will only be. Nobody knows whether it was carried out.";
  throw new ApiError(412, { code: "RequestNotRepeatable", message, target: FIRST_SENT }, rejected);
}

/** The id was another request's. */
export const repeatabilityMismatch = (): ApiError =>
  new ApiError(
    400,
    {
      code: "RepeatabilityMismatch",
      message: "There was another request with this id. Send each request with an id of its own.",
      target: ID,
    },
    rejected,
  );
