/** The addresses of the local OpenID issuer, laid out as Entra ID lays out its own. */
import type { IncomingMessage } from "node:http";
import { text } from "node:stream/consumers";
import type { Answer } from "./answer.ts";
import { TENANT_ID } from "./callers.ts";
import type { SigningKey } from "./signing-key.ts";
import { answerTokenRequest } from "./token-endpoint.ts";

export interface IssuerAddresses {
  readonly issuer: string;
  readonly jwksUri: string;
  readonly tokenEndpoint: string;
}

export function issuerAddresses(port: number): IssuerAddresses {
  const tenant = `https://localhost:${port}/${TENANT_ID}`;
  return {
    issuer: `${tenant}/v2.0`,
    jwksUri: `${tenant}/discovery/v2.0/keys`,
    tokenEndpoint: `${tenant}/oauth2/v2.0/token`,
  };
}

/** Answers discovery, keys and the token endpoint. */
export async function answerIssuer(
  request: IncomingMessage,
  key: SigningKey,
  addresses: IssuerAddresses,
): Promise<Answer> {
  const { href } = new URL((request.url ?? "/").split("?")[0] ?? "/", addresses.issuer);
  switch (`${request.method} ${href}`) {
    case `GET ${addresses.issuer}/.well-known/openid-configuration`:
      return { status: 200, body: discoveryDocument(addresses) };
    case `GET ${addresses.jwksUri}`:
      return { status: 200, body: key.jwks };
    case `POST ${addresses.tokenEndpoint}`: {
      const form = new URLSearchParams(await text(request));
      return await answerTokenRequest(form, key, addresses.issuer);
    }
    default:
      return { status: 404, body: { error: "not_found" } };
  }
}

function discoveryDocument({ issuer, jwksUri, tokenEndpoint }: IssuerAddresses): object {
  return {
    issuer,
    jwks_uri: jwksUri,
    token_endpoint: tokenEndpoint,
    // Nobody signs in here, but OpenID discovery demands the field, and MSAL refuses a document without it.
    authorization_endpoint: tokenEndpoint.replace(/token$/, "authorize"),
    token_endpoint_auth_methods_supported: ["client_secret_post"],
    grant_types_supported: ["client_credentials"],
    response_types_supported: ["token"],
    subject_types_supported: ["pairwise"],
    id_token_signing_alg_values_supported: ["RS256"],
  };
}
