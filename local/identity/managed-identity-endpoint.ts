/**
 * The managed identity endpoint of App Service, version 2019-08-01: plain http on loopback, guarded by a
 * secret header. https://learn.microsoft.com/azure/app-service/overview-managed-identity#rest-endpoint-reference
 */
import type { IncomingMessage } from "node:http";
import type { Answer } from "./answer.ts";
import { isAzureAudience } from "./audience.ts";
import { appIdentity } from "./callers.ts";
import { resourceTokenClaims } from "./claims.ts";
import type { SigningKey } from "./signing-key.ts";

const API_VERSION = "2019-08-01";
/** Azure's managed identity tokens live for 24 hours. */
const LIFETIME_IN_SECONDS = 86_400;

export const MANAGED_IDENTITY_PATH = "/msi/token";

/** Answers one request for a token of the app's own identity. */
export async function answerManagedIdentity(
  request: IncomingMessage,
  key: SigningKey,
  identityHeader: string,
): Promise<Answer> {
  const url = new URL(request.url ?? "/", "http://localhost");
  const resource = url.searchParams.get("resource") ?? "";
  const clientId = url.searchParams.get("client_id") ?? appIdentity.clientId;
  if (url.pathname !== MANAGED_IDENTITY_PATH) return refuse(404, "Not found.");
  if (request.headers["x-identity-header"] !== identityHeader)
    return refuse(401, "The X-IDENTITY-HEADER is missing or wrong.");
  if (url.searchParams.get("api-version") !== API_VERSION)
    return refuse(400, `The api-version must be ${API_VERSION}.`);
  if (clientId !== appIdentity.clientId)
    return refuse(
      400,
      "No User Assigned or Delegated Managed Identity found for specified ClientId.",
    );
  if (!isAzureAudience(resource))
    return refuse(400, `The resource "${resource}" is not known here.`);
  const claims = resourceTokenClaims(appIdentity, resource);
  return {
    status: 200,
    body: {
      access_token: await key.sign(claims, LIFETIME_IN_SECONDS),
      expires_on: `${Math.floor(Date.now() / 1000) + LIFETIME_IN_SECONDS}`,
      resource,
      token_type: "Bearer",
      client_id: appIdentity.clientId,
    },
  };
}

const refuse = (statusCode: number, message: string): Answer => ({
  status: statusCode,
  body: { statusCode, message },
});
