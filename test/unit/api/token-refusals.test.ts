/** Tokens that open nothing. */
import { createHmac, createPublicKey } from "node:crypto";
import { type JWK, SignJWT } from "jose";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createAuthenticate } from "../../../src/lib/api/authenticate.ts";
import { AUDIENCE, type Claims, createKey, Issuer, signed, TENANT } from "./issuer.ts";
import { invalid, refusalOf, required } from "./refusal.ts";

const issuer = new Issuer();
let authenticate: ReturnType<typeof createAuthenticate>;
const now = () => Math.floor(Date.now() / 1000);
const base64 = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
const accepts = async (token: string) => await authenticate(`Bearer ${token}`);
/** Header, claims and signature of one that is right. */
const parts = async () => (await issuer.token()).split(".") as [string, string, string];

beforeAll(() => issuer.open());
afterAll(() => issuer.close());
beforeEach(() => {
  authenticate = createAuthenticate({
    ...{ issuer: issuer.url, audience: AUDIENCE, jwksUri: issuer.jwksUri },
  });
});
afterEach(() => {
  issuer.asked.length = 0;
});

const HOUR = 3600;
const OTHER_TENANT = TENANT.replace(/a$/, "b");

describe("a token of the issuer's own is refused", () => {
  test.each<[string, Claims]>([
    ["as another issuer's", { iss: "https://login.microsoftonline.com/other/v2.0" }],
    ["as version 1", { iss: `https://sts.windows.net/${TENANT}/`, ver: "1.0" }],
    ["without an issuer", { iss: undefined }],
    ["for another API", { aud: "api://other" }],
    ["for Azure Resource Manager", { aud: "https://management.azure.com" }],
    ["for this API with something behind", { aud: `${AUDIENCE}/` }],
    ["for no API", { aud: undefined }],
    ["that expired", { exp: now() - 120 }],
    ["that never expires", { exp: undefined }],
    ["whose expiry is text", { exp: `${now() + HOUR}` }],
    ["that is not valid yet", { nbf: now() + 120 }],
    ["that will be issued in an hour", { iat: now() + HOUR, nbf: undefined }],
    ["that will be issued in two minutes", { iat: now() + 120, nbf: undefined }],
    ["of another tenant", { tid: OTHER_TENANT }],
    ["of no tenant", { tid: undefined }],
    ["whose tenant is no text", { tid: [TENANT] }],
    ["that is longer than any", { more: "x".repeat(20_000) }],
  ])("%s", async (_what, claims) => {
    expect(await refusalOf(accepts(await issuer.token(claims)))).toEqual(invalid);
  });

  test("of another tenant's issuer with the same keys", async () => {
    const url = issuer.url.replace(TENANT, OTHER_TENANT);
    const token = await signed(issuer.key, url, { tid: OTHER_TENANT });
    expect(await refusalOf(accepts(token))).toEqual(invalid);
  });
});

describe("a signature is refused", () => {
  test("of another key under a known key id", async () => {
    const stranger = await createKey("key-1");
    expect(await refusalOf(accepts(await signed(stranger, issuer.url)))).toEqual(invalid);
  });

  test("of a key that the issuer does not have", async () => {
    const stranger = await createKey("key-9");
    expect(await refusalOf(accepts(await signed(stranger, issuer.url)))).toEqual(invalid);
  });

  test("of a key that the token brings along", async () => {
    const { privateKey, jwk } = await createKey("key-1");
    const claims = { iss: issuer.url, aud: AUDIENCE, tid: TENANT, oid: "me", exp: now() + HOUR };
    const headers = [{ jwk }, { jku: `${issuer.url}/mine` }, { x5u: `${issuer.url}/mine` }];
    for (const brought of headers) {
      const token = await new SignJWT(claims)
        .setProtectedHeader({ alg: "RS256", kid: "key-1", ...brought })
        .sign(privateKey);
      expect(await refusalOf(accepts(token))).toEqual(invalid);
    }
    expect(issuer.asked).not.toContain(`/${TENANT}/v2.0/mine`);
  });

  test("under claims that were changed", async () => {
    const [header, claims, signature] = await parts();
    const own = JSON.parse(Buffer.from(claims, "base64url").toString());
    for (const change of [{ roles: ["PolicyAdmin"] }, { exp: now() + 9 * HOUR }, { oid: "me" }]) {
      const token = `${header}.${base64({ ...own, ...change })}.${signature}`;
      expect(await refusalOf(accepts(token))).toEqual(invalid);
    }
    expect(await accepts(`${header}.${base64(own)}.${signature}`)).toMatchObject({
      id: "a-person",
    });
  });

  test("that is another token's, cut short, or not there", async () => {
    const [header, claims, signature] = await parts();
    const other = (await issuer.token({ oid: "me" })).split(".")[2];
    expect(await refusalOf(accepts(`${header}.${claims}.${other}`))).toEqual(invalid);
    expect(await refusalOf(accepts(`${header}.${claims}.${signature.slice(0, -8)}`))).toEqual(
      invalid,
    );
    expect(await refusalOf(accepts(`${header}.${claims}.`))).toEqual(required);
    expect(await refusalOf(accepts(`${header}.${claims}`))).toEqual(required);
  });

  test.each(["none", "None", "NONE", ""])("as the algorithm %j does without one", async (alg) => {
    const [, claims, signature] = await parts();
    const none = base64({ alg, kid: "key-1" });
    expect(await refusalOf(accepts(`${none}.${claims}.`))).toEqual(required);
    expect(await refusalOf(accepts(`${none}.${claims}.${signature}`))).toEqual(invalid);
  });

  const pemOf = (jwk: JWK, type: "spki" | "pkcs1") =>
    createPublicKey({ key: { ...jwk }, format: "jwk" }).export({ type, format: "pem" });

  test.each<[string, (jwk: JWK) => string | Buffer]>([
    ["a JWK", (jwk) => JSON.stringify(jwk)],
    ["the JWKS", (jwk) => JSON.stringify({ keys: [jwk] })],
    ["its modulus", (jwk) => Buffer.from(jwk.n ?? "", "base64url")],
    ["a PEM", (jwk) => pemOf(jwk, "spki")],
    ["a PEM without its last line end", (jwk) => pemOf(jwk, "spki").toString().trim()],
    ["a PEM of PKCS 1", (jwk) => pemOf(jwk, "pkcs1")],
  ])("made with the public key as a shared secret: %s", async (_form, secretOf) => {
    const [, claims] = await parts();
    const secret = secretOf(issuer.key.jwk);
    for (const [alg, hash] of [
      ["HS256", "sha256"],
      ["RS256", "sha256"],
      ["HS512", "sha512"],
    ] as const) {
      const content = `${base64({ alg, kid: "key-1" })}.${claims}`;
      const signature = createHmac(hash, secret).update(content).digest("base64url");
      expect(await refusalOf(accepts(`${content}.${signature}`))).toEqual(invalid);
    }
  });
});

test("a signature with an algorithm that is not on the list is refused", async () => {
  const { keys } = issuer;
  issuer.keys = [await createKey("key-5", "RS512")];
  expect(await refusalOf(accepts(await issuer.token()))).toEqual(invalid);
  issuer.keys = keys;
});

describe("an Authorization header is refused", () => {
  test.each([
    [null, required],
    ["", required],
    ["Bearer", required],
    ["Bearer a.b", required],
    ["Basic dXNlcjpwYXNz", required],
    ["Bearer a.b.c", invalid],
    ["Bearer a.b.c d.e.f", required],
    [`Bearer ${base64({})}.${base64({})}.AAAA`, invalid],
  ])("that has no token: %j", async (authorization, refusal) => {
    expect(await refusalOf(authenticate(authorization))).toEqual(refusal);
  });

  test("that is there twice, which makes it one with a comma", async () => {
    const headers = new Headers();
    for (let times = 0; times < 2; times++) {
      headers.append("authorization", `Bearer ${await issuer.token()}`);
    }
    expect(headers.get("authorization")).toContain(", Bearer ");
    expect(await refusalOf(authenticate(headers.get("authorization")))).toEqual(required);
  });

  test("that is a megabyte long, at once and without asking for the keys", async () => {
    const token = `${"a".repeat(1_000_000)}.${"b".repeat(1000)}.c`;
    expect(await refusalOf(accepts(token))).toEqual(invalid);
    expect(await refusalOf(authenticate(`Bearer ${".".repeat(1_000_000)}`))).toEqual(required);
    expect(issuer.asked).toEqual([]);
  });
});
