/** `POST /{tenant}/oauth2/v2.0/token` for `client_credentials`, with Entra ID's own error codes. */
import { randomUUID } from "node:crypto";
import type { Answer } from "./answer.ts";
import { API_AUDIENCE, isArmAudience } from "./audience.ts";
import { type Caller, callers } from "./callers.ts";
import { apiTokenClaims, resourceTokenClaims } from "./claims.ts";
import type { SigningKey } from "./signing-key.ts";

const LIFETIME_IN_SECONDS = 3600;
const DEFAULT_SCOPE = /^(.+)\/\.default$/;

export async function answerTokenRequest(
  form: URLSearchParams,
  key: SigningKey,
  issuer: string,
): Promise<Answer> {
  const grantType = form.get("grant_type");
  if (grantType !== "client_credentials")
    return refuse(400, "unsupported_grant_type", 70003, "The grant type is not supported here.");
  const caller = callers.find((each) => each.clientId === form.get("client_id"));
  if (!caller)
    return refuse(400, "unauthorized_client", 700016, "No such application in this tenant.");
  if (form.get("client_secret") !== caller.clientSecret)
    return refuse(401, "invalid_client", 7000215, "Invalid client secret provided.");
  const claims = claimsFor(caller, resourceOf(form.get("scope")), issuer);
  if (!claims)
    return refuse(400, "invalid_scope", 70011, `Use ${API_AUDIENCE}/.default, or ARM's own scope.`);
  return {
    status: 200,
    body: {
      token_type: "Bearer",
      expires_in: LIFETIME_IN_SECONDS,
      ext_expires_in: LIFETIME_IN_SECONDS,
      access_token: await key.sign(claims, LIFETIME_IN_SECONDS),
    },
  };
}

/** MSAL adds the OpenID scopes to every request, so only the scope that names a resource counts. */
function resourceOf(scope: string | null): string {
  const resources = (scope ?? "").split(" ").map((each) => DEFAULT_SCOPE.exec(each));
  return resources.find((match) => match)?.[1] ?? "";
}

function claimsFor(caller: Caller, resource: string, issuer: string) {
  if (resource === API_AUDIENCE) return apiTokenClaims(caller, API_AUDIENCE, issuer);
  return isArmAudience(resource) ? resourceTokenClaims(caller, resource) : undefined;
}

function refuse(status: number, error: string, code: number, description: string): Answer {
  return {
    status,
    body: {
      error,
      error_description: `AADSTS${code}: ${description}`,
      error_codes: [code],
      timestamp: new Date().toISOString(),
      trace_id: randomUUID(),
      correlation_id: randomUUID(),
    },
  };
}
