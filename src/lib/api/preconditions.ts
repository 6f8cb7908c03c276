/** `If-Match` and `If-None-Match`, as RFC 9110 has them, for resources whose ETags are strong. */
import { ApiError } from "./api-error.ts";

export interface Preconditions {
  readonly ifMatch: string | null;
  readonly ifNoneMatch: string | null;
}

/** Far more than the ETags that anybody has at hand. */
export const LONGEST_PRECONDITION = 1000;

/** Throws 400 for one that is too long. */
export function preconditionsOf(headers: { get(name: string): string | null }): Preconditions {
  const read = (name: string): string | null => {
    const value = headers.get(name);
    if (value === null || value.length <= LONGEST_PRECONDITION) return value;
    throw new ApiError(400, {
      code: "InvalidHeader",
      message: `${name}: expected at most ${LONGEST_PRECONDITION} characters`,
      target: name,
    });
  };
  return { ifMatch: read("If-Match"), ifNoneMatch: read("If-None-Match") };
}

/** Whether a resource with this ETag, or none at all, may be written. */
export function allows({ ifMatch, ifNoneMatch }: Preconditions, etag: string | undefined): boolean {
  if (ifMatch !== null && !names(ifMatch, etag)) return false;
  return ifNoneMatch === null || !names(ifNoneMatch, etag);
}

/** `*` names whatever there is. */
const names = (header: string, etag: string | undefined): boolean =>
  etag !== undefined &&
  header
    .split(",")
    .map((each) => each.trim())
    .some((each) => each === "*" || each === etag);

export const preconditionFailed = (): ApiError =>
  new ApiError(412, {
    code: "ConditionNotMet",
    message:
      "If-Match or If-None-Match does not hold: the resource was changed, or is there, or is not. Read it again.",
  });
