import { createHmac } from "node:crypto";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { ApiError } from "../../../src/lib/api/api-error.ts";
import { createAuthenticate } from "../../../src/lib/api/authenticate.ts";
import { AUDIENCE, type Claims, createKey, Issuer, signed } from "./issuer.ts";

const issuer = new Issuer();
let authenticate: ReturnType<typeof createAuthenticate>;
const now = () => Math.floor(Date.now() / 1000);
const base64 = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");

const rules = () => ({ issuer: issuer.url, audience: AUDIENCE, jwksUri: issuer.jwksUri });
const accepts = async (token: string) => await authenticate(`Bearer ${token}`);

/** The status and message of the refusal, and its header. */
async function refusalOf(attempt: Promise<unknown>) {
  const error = await attempt.then(
    () => new Error("It was accepted."),
    (reason: unknown) => reason,
  );
  if (!(error instanceof ApiError)) throw error;
  return { status: error.status, code: error.code, message: error.message, ...error.headers };
}

const refused = (message: string) => ({
  status: 401,
  code: "Unauthorized",
  message,
  "WWW-Authenticate": "Bearer",
});
const invalid = refused("The token is not valid for this API.");
const required = refused("A bearer token is required.");

beforeEach(async () => {
  await issuer.open();
  authenticate = createAuthenticate(rules());
});

afterEach(async () => {
  vi.useRealTimers();
  issuer.asked.length = 0;
  await issuer.close();
});

describe("a token of the issuer for this API", () => {
  test("names the caller and its roles", async () => {
    expect(await accepts(await issuer.token({ roles: ["Reader", "Operator"] }))).toEqual({
      ...{ id: "a-person", kind: "person" },
      roles: ["Reader", "Operator"],
    });
  });

  test("may carry no role: what that allows is another question", async () => {
    expect(await accepts(await issuer.token({ roles: undefined }))).toEqual({
      ...{ id: "a-person", kind: "person" },
      roles: [],
    });
  });

  test("is read whatever the casing of the scheme", async () => {
    expect(await authenticate(`bearer ${await issuer.token()}`)).toMatchObject({ id: "a-person" });
  });

  test.each(["PS256", "ES256"])("may be signed with %s", async (alg) => {
    issuer.keys = [await createKey("key-2", alg)];
    expect(await accepts(await issuer.token())).toMatchObject({ id: "a-person" });
  });

  test.each<[string, Claims]>([
    ["expired half a minute ago", { exp: now() - 30 }],
    ["is valid in half a minute", { nbf: now() + 30 }],
    ["is for several audiences", { aud: ["api://other", AUDIENCE] }],
  ])("is accepted when it %s", async (_what, claims) => {
    expect(await accepts(await issuer.token(claims))).toMatchObject({ id: "a-person" });
  });

  test("costs one request for the keys, however many there are", async () => {
    for (let number = 0; number < 5; number++) await accepts(await issuer.token());
    expect(issuer.asked).toEqual(["/tenant/v2.0/keys"]);
  });
});

describe("a token is refused", () => {
  test.each<[string, Claims]>([
    ["of another issuer", { iss: "https://login.microsoftonline.com/other/v2.0" }],
    ["without an issuer", { iss: undefined }],
    ["for another API", { aud: "api://other" }],
    ["for no API", { aud: undefined }],
    ["that expired", { exp: now() - 120 }],
    ["that never expires", { exp: undefined }],
    ["that is not valid yet", { nbf: now() + 120 }],
  ])("%s", async (_what, claims) => {
    expect(await refusalOf(accepts(await issuer.token(claims)))).toEqual(invalid);
  });

  test.each<[string, Claims]>([
    ["that names nobody", { oid: undefined }],
    ["whose roles are no list", { roles: "Reader" }],
  ])("%s", async (_what, claims) => {
    expect(await refusalOf(accepts(await issuer.token(claims)))).toEqual(
      refused("The token names nobody."),
    );
  });

  test("signed with another key under a known key id", async () => {
    const stranger = await createKey("key-1");
    expect(await refusalOf(accepts(await signed(stranger, issuer.url)))).toEqual(invalid);
  });

  test("signed with a key that the issuer does not have", async () => {
    const stranger = await createKey("key-9");
    expect(await refusalOf(accepts(await signed(stranger, issuer.url)))).toEqual(invalid);
  });

  test("whose claims were changed", async () => {
    const [header, , signature] = (await issuer.token()).split(".");
    const claims = {
      iss: issuer.url,
      aud: AUDIENCE,
      exp: now() + 60,
      oid: "me",
      roles: ["Operator"],
    };
    expect(await refusalOf(accepts(`${header}.${base64(claims)}.${signature}`))).toEqual(invalid);
  });

  test("without a signature, as `none` allows", async () => {
    const [, claims, signature] = (await issuer.token()).split(".");
    const none = base64({ alg: "none", kid: "key-1" });
    expect(await refusalOf(accepts(`${none}.${claims}.`))).toEqual(required);
    expect(await refusalOf(accepts(`${none}.${claims}.${signature}`))).toEqual(invalid);
  });

  test("signed with the public key as a shared secret", async () => {
    const [, claims] = (await issuer.token()).split(".");
    const content = `${base64({ alg: "HS256", kid: "key-1" })}.${claims}`;
    const secret = JSON.stringify(issuer.key.jwk);
    const signature = createHmac("sha256", secret).update(content).digest("base64url");
    expect(await refusalOf(accepts(`${content}.${signature}`))).toEqual(invalid);
  });

  test("signed with an algorithm that is not on the list", async () => {
    issuer.keys = [await createKey("key-5", "RS512")];
    expect(await refusalOf(accepts(await issuer.token()))).toEqual(invalid);
  });

  test.each([
    [null, required],
    ["", required],
    ["Bearer", required],
    ["Bearer a.b", required],
    ["Basic dXNlcjpwYXNz", required],
    ["Bearer a.b.c", invalid],
    ["Bearer a.b.c d.e.f", required],
    [`Bearer ${base64({})}.${base64({})}.AAAA`, invalid],
  ])("that is none: %j", async (authorization, refusal) => {
    expect(await refusalOf(authenticate(authorization))).toEqual(refusal);
  });
});

describe("the issuer's keys", () => {
  test("are asked for again when a token has a newer one, but not at every stranger's wish", async () => {
    vi.useFakeTimers({ toFake: ["Date"] });
    await accepts(await issuer.token());
    issuer.keys = [await createKey("key-2")];
    const token = await issuer.token();
    expect(await refusalOf(accepts(token))).toEqual(invalid);
    expect(issuer.asked).toHaveLength(1);
    vi.setSystemTime(Date.now() + 31_000);
    expect(await accepts(token)).toMatchObject({ id: "a-person" });
    expect(issuer.asked).toHaveLength(2);
  });
});
