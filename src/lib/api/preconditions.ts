/** `If-Match` and `If-None-Match`, as RFC 9110 has them, for resources whose ETags are strong. */
import { ApiError } from "./api-error.ts";

export interface Preconditions {
  readonly ifMatch: string | null;
  readonly ifNoneMatch: string | null;
}

export const preconditionsOf = (headers: { get(name: string): string | null }): Preconditions => ({
  ifMatch: headers.get("if-match"),
  ifNoneMatch: headers.get("if-none-match"),
});

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
