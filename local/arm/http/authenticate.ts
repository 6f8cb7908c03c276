/** Who asks. A token is looked at once; after that it is remembered until it expires. */
import { hash } from "node:crypto";
import { ArmError } from "./arm-error.ts";

/** Answers the caller, for ARM's budgets; throws ARM's 401. */
export type Authenticate = (token: string | undefined) => Promise<string>;

const REMEMBERED = 1000;
/** A token that is revoked or expires is refused this much later at most. */
const REMEMBERED_FOR_MS = 60_000;

export function createAuthenticate(verify: (token: string) => Promise<void>): Authenticate {
  const known = new Map<string, { readonly principal: string; readonly until: number }>();
  return async (token) => {
    if (token === undefined) {
      const message = "Authentication failed. The 'Authorization' header is missing.";
      throw new ArmError(401, "AuthenticationFailed", message);
    }
    const digest = hash("sha256", token, "base64");
    const found = known.get(digest);
    if (found && found.until > Date.now()) return found.principal;
    try {
      await verify(token);
    } catch {
      throw new ArmError(401, "InvalidAuthenticationToken", "The access token is invalid.");
    }
    const claims = claimsOf(token);
    const principal = claims.oid ?? claims.appid ?? "unknown";
    const until = Math.min(Date.now() + REMEMBERED_FOR_MS, (claims.exp ?? Infinity) * 1000);
    if (known.size >= REMEMBERED) known.clear();
    known.set(digest, { principal, until });
    return principal;
  };
}

export const bearerOf = (headers: Readonly<Record<string, string>>): string | undefined =>
  /^Bearer (.+)$/i.exec(headers["authorization"] ?? "")?.[1];

interface Claims {
  readonly oid?: string;
  readonly appid?: string;
  readonly exp?: number;
}

/** Of a token that was verified. */
function claimsOf(token: string): Claims {
  try {
    const [, payload = ""] = token.split(".");
    return JSON.parse(Buffer.from(payload, "base64url").toString("utf8"));
  } catch {
    return {};
  }
}
