/**
 * One RSA key, made at start and never written anywhere: tokens of an earlier stack are worthless. Unless a file is
 * named, which keeps it across restarts.
 */
import { createPrivateKey, createPublicKey, generateKeyPairSync } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import {
  createLocalJWKSet,
  exportJWK,
  type JSONWebKeySet,
  type JWTVerifyGetKey,
  SignJWT,
} from "jose";
import type { Claims } from "./claims.ts";

const ALGORITHM = "RS256";

export interface SigningKey {
  /** Public keys only. */
  readonly jwks: JSONWebKeySet;
  readonly verifyWith: JWTVerifyGetKey;
  sign(claims: Claims, lifetimeInSeconds: number): Promise<string>;
}

export async function createSigningKey(file?: string): Promise<SigningKey> {
  const privateKey = createPrivateKey(privateKeyIn(file));
  const publicJwk = await exportJWK(createPublicKey(privateKey));
  const kid = (publicJwk.n ?? "").slice(0, 16);
  const jwks = { keys: [{ ...publicJwk, kid, use: "sig", alg: ALGORITHM }] };
  return {
    jwks,
    verifyWith: createLocalJWKSet(jwks),
    sign: async (claims, lifetimeInSeconds) => {
      const now = Math.floor(Date.now() / 1000);
      // A token made to be expired must still begin before it ends.
      const start = now + Math.min(0, lifetimeInSeconds - 1);
      const times = { iat: start, nbf: start, exp: now + lifetimeInSeconds };
      return await new SignJWT({ ...times, ...claims })
        .setProtectedHeader({ alg: ALGORITHM, kid, typ: "JWT" })
        .sign(privateKey);
    },
  };
}

/** PEM. */
function privateKeyIn(file: string | undefined): string {
  if (file !== undefined && existsSync(file)) return readFileSync(file, "utf8");
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const pem = privateKey.export({ type: "pkcs8", format: "pem" }).toString();
  if (file !== undefined) writeFileSync(file, pem, { mode: 0o600 });
  return pem;
}
