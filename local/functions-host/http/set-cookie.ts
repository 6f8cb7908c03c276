/** A cookie of a function's response as a Set-Cookie header, written as ASP.NET Core writes it. */
import type { RpcCookie } from "../app/rpc.ts";

const SAME_SITE = { none: undefined, lax: "lax", strict: "strict", explicitNone: "none" } as const;

export function setCookie(cookie: RpcCookie): string {
  const seconds = cookie.expires?.value?.seconds;
  const maxAge = cookie.maxAge?.value;
  const sameSite = SAME_SITE[cookie.sameSite ?? "none"];
  return [
    `${encodeURIComponent(cookie.name)}=${encodeURIComponent(cookie.value)}`,
    seconds === undefined ? undefined : `expires=${new Date(seconds * 1000).toUTCString()}`,
    maxAge === undefined ? undefined : `max-age=${Math.trunc(maxAge)}`,
    cookie.domain?.value === undefined ? undefined : `domain=${cookie.domain.value}`,
    // ASP.NET's own default, also when the function names no path.
    `path=${cookie.path?.value ?? "/"}`,
    cookie.secure?.value === true ? "secure" : undefined,
    sameSite === undefined ? undefined : `samesite=${sameSite}`,
    cookie.httpOnly?.value === true ? "httponly" : undefined,
  ]
    .filter((each) => each !== undefined)
    .join("; ");
}
