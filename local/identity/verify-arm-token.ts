/** What Azure Resource Manager checks of a bearer token before it looks at anything else. */
import { jwtVerify } from "jose";
import { isArmAudience } from "./audience.ts";
import { V1_ISSUER } from "./claims.ts";
import type { SigningKey } from "./signing-key.ts";

/** Throws, with the reason, unless the token is ours, for Azure Resource Manager, and valid now. */
export async function verifyArmToken(token: string, key: SigningKey): Promise<void> {
  const { payload } = await jwtVerify(token, key.verifyWith, {
    algorithms: ["RS256"],
    issuer: V1_ISSUER,
    requiredClaims: ["exp", "nbf", "oid", "tid"],
  });
  if (typeof payload.aud === "string" && isArmAudience(payload.aud)) return;
  throw new Error(`The access token is for "${payload.aud}", not for Azure Resource Manager.`);
}
