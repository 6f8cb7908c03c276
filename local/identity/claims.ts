/**
 * The claims of Entra ID's access tokens. The resource decides the version: Azure Resource Manager and
 * Storage take version 1 tokens (issuer sts.windows.net, `appid`), the API of this app version 2 (`azp`).
 */
import { randomUUID } from "node:crypto";
import { type Caller, TENANT_ID } from "./callers.ts";

type Principal = Pick<Caller, "clientId" | "objectId">;

export interface Claims {
  readonly [claim: string]: unknown;
}

/** The issuer of version 1 tokens. Azurite insists on its beginning. */
export const V1_ISSUER = `https://sts.windows.net/${TENANT_ID}/`;

export function resourceTokenClaims(principal: Principal, audience: string): Claims {
  return {
    ver: "1.0",
    iss: V1_ISSUER,
    aud: audience,
    appid: principal.clientId,
    appidacr: "2",
    ...principalClaims(principal),
  };
}

export function apiTokenClaims(caller: Caller, audience: string, issuer: string): Claims {
  return {
    ver: "2.0",
    iss: issuer,
    aud: audience,
    azp: caller.clientId,
    azpacr: "1",
    // Entra ID leaves the claim out when there is no role.
    ...(caller.roles.length > 0 && { roles: caller.roles }),
    ...principalClaims(caller),
  };
}

function principalClaims(principal: Principal): Claims {
  return {
    oid: principal.objectId,
    sub: principal.objectId,
    tid: TENANT_ID,
    idtyp: "app",
    uti: randomUUID(),
  };
}
