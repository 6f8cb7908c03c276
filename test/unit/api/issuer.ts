/** An OpenID issuer on a real port, with real keys. */
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { type CryptoKey, exportJWK, generateKeyPair, type JWK, SignJWT } from "jose";

export const AUDIENCE = "api://restore-points";
export const TENANT = "77777777-0000-4000-8000-00000000000a";

/** Replaces the usual claims; `undefined` leaves one out. */
export type Claims = Readonly<Record<string, unknown>>;

interface SigningKey {
  readonly kid: string;
  readonly alg: string;
  readonly privateKey: CryptoKey;
  readonly jwk: JWK;
}

export async function createKey(kid: string, alg = "RS256"): Promise<SigningKey> {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
  return { kid, alg, privateKey, jwk: { ...(await exportJWK(publicKey)), kid, alg, use: "sig" } };
}

/** A token for the API that is right in everything but what is given. */
export async function signed(
  { kid, alg, privateKey }: Pick<SigningKey, "kid" | "alg" | "privateKey">,
  issuer: string,
  claims: Claims = {},
): Promise<string> {
  const now = Math.floor(Date.now() / 1000);
  const times = { iat: now, nbf: now, exp: now + 3600 };
  const usual = {
    ...{ iss: issuer, aud: AUDIENCE, tid: TENANT, oid: "a-person", roles: ["Reader"] },
    ...{ azp: "a-portal", scp: "user_impersonation" },
  };
  return await new SignJWT({ ...usual, ...times, ...claims })
    .setProtectedHeader({ alg, kid })
    .sign(privateKey);
}

export class Issuer {
  keys: SigningKey[] = [];
  /** What it answers with. */
  status = 200;
  /** The paths it was asked for. */
  readonly asked: string[] = [];
  /** Replaces what it says of itself. */
  discovery: unknown;
  readonly #path: string;
  readonly #server: Server;

  /** Default: as version 2 of Entra ID has it. */
  constructor(path = `/${TENANT}/v2.0`) {
    this.#path = path;
    this.#server = createServer(({ url = "" }, response) => {
      this.asked.push(url);
      const document = url.endsWith("/keys") ? this.#jwks() : this.#openid();
      response.writeHead(this.status, { "content-type": "application/json" });
      response.end(JSON.stringify(document));
    });
  }

  async open(): Promise<void> {
    this.keys = [await createKey("key-1")];
    await once(this.#server.listen(0, "127.0.0.1"), "listening");
  }

  get url(): string {
    const address = this.#server.address();
    if (address === null || typeof address === "string") throw new Error("It does not listen.");
    return `http://127.0.0.1:${address.port}${this.#path}`;
  }

  get jwksUri(): string {
    return `${this.url}/keys`;
  }

  get key(): SigningKey {
    const [first] = this.keys;
    if (first === undefined) throw new Error("It has no key.");
    return first;
  }

  /** A token signed with the issuer's key. */
  token(claims: Claims = {}): Promise<string> {
    return signed(this.key, this.url, claims);
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, "close");
  }

  #jwks() {
    return { keys: this.keys.map(({ jwk }) => jwk) };
  }

  #openid() {
    return this.discovery ?? { issuer: this.url, jwks_uri: this.jwksUri };
  }
}
