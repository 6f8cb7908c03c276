/** The check that every route but health passes: an access token for this API, signed by the configured issuer. */
import { createRemoteJWKSet, errors, type JWTVerifyGetKey, jwtVerify } from "jose";
import { z } from "zod";
import { ApiError } from "./api-error.ts";
import { type Principal, principalOf } from "./principal.ts";

export interface TokenRules {
  readonly issuer: string;
  readonly audience: string;
  readonly jwksUri: string | undefined;
}

/** Signatures with a public key only: a list, so that `none` and shared secrets are out whatever a token says. */
const ALGORITHMS = ["RS256", "PS256", "ES256"];
const CLOCK_TOLERANCE_SECONDS = 60;

export type Authenticate = (authorization: string | null) => Promise<Principal>;

/** Throws 401 with `WWW-Authenticate` for anything but a valid token. The reason is never more than its kind. */
export function createAuthenticate(rules: TokenRules): Authenticate {
  let keys: Promise<JWTVerifyGetKey> | undefined;
  return async (authorization) => {
    const token = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(authorization ?? "")?.[1];
    if (token === undefined) throw unauthorized("A bearer token is required.");
    keys ??= keysOf(rules).catch((error: unknown) => {
      keys = undefined;
      throw error;
    });
    const getKey = await keys;
    const claims = await verified(token, getKey, rules);
    const principal = principalOf(claims);
    if (principal === undefined) throw unauthorized("The token names nobody.");
    return principal;
  };
}

async function verified(token: string, getKey: JWTVerifyGetKey, rules: TokenRules) {
  try {
    const { payload } = await jwtVerify(token, getKey, {
      issuer: rules.issuer,
      audience: rules.audience,
      algorithms: ALGORITHMS,
      clockTolerance: CLOCK_TOLERANCE_SECONDS,
      requiredClaims: ["exp"],
    });
    return payload;
  } catch (error) {
    // The issuer's keys could not be fetched: that is our failure, not the caller's.
    if (isOutage(error)) throw error;
    throw unauthorized("The token is not valid for this API.");
  }
}

/** What jose throws when the keys cannot be fetched or read. Its other errors are about the token. */
const OUTAGES = ["ERR_JOSE_GENERIC", "ERR_JWKS_INVALID", "ERR_JWKS_TIMEOUT"];

const isOutage = (error: unknown): boolean =>
  !(error instanceof errors.JOSEError) || OUTAGES.includes(error.code);

async function keysOf({ issuer, jwksUri }: TokenRules): Promise<JWTVerifyGetKey> {
  return createRemoteJWKSet(new URL(jwksUri ?? (await discoverJwksUri(issuer))));
}

const discoverySchema = z.object({ jwks_uri: z.url() });

async function discoverJwksUri(issuer: string): Promise<string> {
  const response = await fetch(`${issuer.replace(/\/$/, "")}/.well-known/openid-configuration`);
  if (!response.ok) throw new Error(`The issuer's discovery document answered ${response.status}.`);
  return discoverySchema.parse(await response.json()).jwks_uri;
}

const unauthorized = (message: string): ApiError =>
  new ApiError(401, { code: "Unauthorized", message }, { "WWW-Authenticate": "Bearer" });
