/** The check that every route but health passes: an access token for this API, signed by the configured issuer. */
import { createRemoteJWKSet, errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from "jose";
import * as z from "zod";
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
/** Far more than Entra ID puts into one, with two hundred groups. What is longer is not even looked at. */
const MOST_CHARACTERS = 16_384;
/** A token with a key that is not known has the keys read again, unless they were read this recently. */
const KEYS_COOLDOWN_MS = 30_000;
/** So long after it was taken away, a key is accepted nowhere any more. */
const KEYS_MAX_AGE_MS = 10 * 60_000;
const DISCOVERY_TIMEOUT_MS = 5000;

export type Authenticate = (authorization: string | null) => Promise<Principal>;

/** Throws 401 with `WWW-Authenticate` for anything but a valid token. The reason is never more than its kind. */
export function createAuthenticate(rules: TokenRules): Authenticate {
  let keys: Promise<JWTVerifyGetKey> | undefined;
  const tenant = tenantOf(rules.issuer);
  return async (authorization) => {
    const token = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(authorization ?? "")?.[1];
    if (token === undefined) throw unauthorized("A bearer token is required.");
    if (token.length > MOST_CHARACTERS) throw invalidToken();
    keys ??= keysOf(rules).catch((error: unknown) => {
      keys = undefined;
      throw error;
    });
    const getKey = await keys;
    const claims = await verified(token, getKey, rules);
    if (isOfTheFuture(claims, Date.now()) || !isOfTenant(claims, tenant)) throw invalidToken();
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
    throw invalidToken();
  }
}

/** Issued later than now: jose looks at `iat` only where tokens have a greatest age. */
const isOfTheFuture = ({ iat = 0 }: JWTPayload, now: number): boolean =>
  iat > now / 1000 + CLOCK_TOLERANCE_SECONDS;

const TENANT = /\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?:\/|$)/i;

/** Entra ID's issuers name their tenant; others may have none. */
const tenantOf = (issuer: string): string | undefined => TENANT.exec(issuer)?.[1]?.toLowerCase();

/** Every token of Entra ID has `tid`. One without it comes from somewhere else. */
const isOfTenant = ({ tid }: JWTPayload, tenant: string | undefined): boolean =>
  tenant === undefined || (typeof tid === "string" && tid.toLowerCase() === tenant);

/** What jose throws when the keys cannot be fetched or read. Its other errors are about the token. */
const OUTAGES = ["ERR_JOSE_GENERIC", "ERR_JWKS_INVALID", "ERR_JWKS_TIMEOUT"];

const isOutage = (error: unknown): boolean =>
  !(error instanceof errors.JOSEError) || OUTAGES.includes(error.code);

async function keysOf({ issuer, jwksUri }: TokenRules): Promise<JWTVerifyGetKey> {
  return createRemoteJWKSet(new URL(jwksUri ?? (await discoverJwksUri(issuer))), {
    cooldownDuration: KEYS_COOLDOWN_MS,
    cacheMaxAge: KEYS_MAX_AGE_MS,
  });
}

const discoverySchema = z.object({ jwks_uri: z.url() });

async function discoverJwksUri(issuer: string): Promise<string> {
  const url = `${issuer.replace(/\/$/, "")}/.well-known/openid-configuration`;
  const response = await fetch(url, { signal: AbortSignal.timeout(DISCOVERY_TIMEOUT_MS) });
  if (!response.ok) throw new Error(`The issuer's discovery document answered ${response.status}.`);
  return discoverySchema.parse(await response.json()).jwks_uri;
}

const unauthorized = (message: string): ApiError =>
  new ApiError(401, { code: "Unauthorized", message }, { "WWW-Authenticate": "Bearer" });

const invalidToken = (): ApiError => unauthorized("The token is not valid for this API.");
