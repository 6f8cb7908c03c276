/** What a service of Azure checks of a bearer token before it looks at anything else. */
import { jwtVerify } from "jose";
import { V1_ISSUER } from "./claims.ts";
import type { SigningKey } from "./signing-key.ts";

export interface Service {
  readonly name: string;
  /** Whether a token for this audience is for the service. */
  readonly accepts: (audience: string) => boolean;
}

/** Throws, with the reason, unless the token is ours, for the service, and valid now. */
export async function verifyToken(token: string, key: SigningKey, service: Service): Promise<void> {
  const { payload } = await jwtVerify(token, key.verifyWith, {
    algorithms: ["RS256"],
    issuer: V1_ISSUER,
    requiredClaims: ["exp", "nbf", "oid", "tid"],
  });
  if (typeof payload.aud === "string" && service.accepts(payload.aud)) return;
  throw new Error(`The access token is for "${payload.aud}", not for ${service.name}.`);
}
