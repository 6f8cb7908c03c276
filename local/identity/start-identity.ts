/**
 * Stands in for Entra ID: the managed identity endpoint for the functions app, and an OpenID issuer for
 * the callers of its API. The real credential classes and token checks work against it unchanged.
 */
import { randomBytes } from "node:crypto";
import { createServer } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { listen } from "../loopback/listen.ts";
import type { Certificate } from "../tls/certificate.ts";
import { answering } from "./answer.ts";
import { API_AUDIENCE, isArmAudience, isAzureAudience, isEventGridAudience } from "./audience.ts";
import { type Caller, callerNamed } from "./callers.ts";
import { apiTokenClaims, type Claims, resourceTokenClaims } from "./claims.ts";
import { answerIssuer, issuerAddresses } from "./issuer-endpoint.ts";
import { answerManagedIdentity, MANAGED_IDENTITY_PATH } from "./managed-identity-endpoint.ts";
import { createSigningKey, type SigningKey } from "./signing-key.ts";
import { verifyToken } from "./verify-token.ts";

/** Departures from the token a caller would get, mostly for tests of what must be refused. */
interface TokenOptions {
  /** Default: the API. Azure Resource Manager's audience gives a version 1 token. */
  readonly audience?: string;
  readonly issuer?: string;
  /** Zero or less gives a token that has expired. */
  readonly expiresInSeconds?: number;
  /** Signed by a key that the JWKS does not hold. */
  readonly signedByStranger?: boolean;
  /** Replaces claims; `undefined` leaves one out. */
  readonly claims?: Claims;
}

export interface Identity {
  readonly issuer: string;
  readonly jwksUri: string;
  readonly tokenEndpoint: string;
  /** The audience of the functions app's API. */
  readonly audience: string;
  /** What App Service puts into the environment of an app with a managed identity. */
  readonly managedIdentityEnv: { IDENTITY_ENDPOINT: string; IDENTITY_HEADER: string };
  /** Throws unless the token opens Azure Resource Manager. */
  verifyArmToken(token: string): Promise<void>;
  /** Throws unless the token opens Event Grid. */
  verifyEventGridToken(token: string): Promise<void>;
  /** A token for a seeded caller, by name. */
  issueToken(caller: string, options?: TokenOptions): Promise<string>;
  close(): Promise<void>;
}

export interface IdentityOptions {
  readonly certificate: Pick<Certificate, "cert" | "key">;
  /** Left out: a free port. */
  readonly port?: number;
  readonly managedIdentityPort?: number;
  /** Keeps the signing key, so that tokens outlive a restart; left out: they do not. */
  readonly signingKeyFile?: string;
}

export async function startIdentity(options: IdentityOptions): Promise<Identity> {
  const { cert, key: tlsKey } = options.certificate;
  const key = await createSigningKey(options.signingKeyFile);
  const identityHeader = randomBytes(16).toString("hex");
  const managedIdentity = await listen(
    createServer(answering((request) => answerManagedIdentity(request, key, identityHeader))),
    options.managedIdentityPort ?? 0,
  );
  const issuerServer = await listen(
    createTlsServer(
      { cert, key: tlsKey },
      answering((request) => answerIssuer(request, key, issuerAddresses(issuerServer.port))),
    ),
    options.port ?? 0,
  );
  const addresses = issuerAddresses(issuerServer.port);
  return {
    ...addresses,
    audience: API_AUDIENCE,
    managedIdentityEnv: {
      IDENTITY_ENDPOINT: `http://127.0.0.1:${managedIdentity.port}${MANAGED_IDENTITY_PATH}`,
      IDENTITY_HEADER: identityHeader,
    },
    verifyArmToken: (token) => verifyToken(token, key, arm),
    verifyEventGridToken: (token) => verifyToken(token, key, eventGrid),
    issueToken: (name, token = {}) => issueToken(key, callerNamed(name), addresses.issuer, token),
    close: async () => {
      await Promise.all([managedIdentity.close(), issuerServer.close()]);
    },
  };
}

const arm = { name: "Azure Resource Manager", accepts: isArmAudience };
const eventGrid = { name: "Event Grid", accepts: isEventGridAudience };

async function issueToken(
  key: SigningKey,
  caller: Caller,
  issuer: string,
  options: TokenOptions,
): Promise<string> {
  const audience = options.audience ?? API_AUDIENCE;
  const claims = isAzureAudience(audience)
    ? resourceTokenClaims(caller, audience)
    : apiTokenClaims(caller, audience, issuer);
  const signer = options.signedByStranger ? await createSigningKey() : key;
  const replaced = options.issuer === undefined ? {} : { iss: options.issuer };
  return await signer.sign(
    { ...claims, ...replaced, ...options.claims },
    options.expiresInSeconds ?? 3600,
  );
}
