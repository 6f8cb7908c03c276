import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createAuthenticate } from "../../../src/lib/api/authenticate.ts";
import { AUDIENCE, type Claims, createKey, Issuer, TENANT } from "./issuer.ts";
import { refusalOf, refused } from "./refusal.ts";

const now = () => Math.floor(Date.now() / 1000);

const authenticateOf = ({ url, jwksUri }: Issuer) =>
  createAuthenticate({ issuer: url, audience: AUDIENCE, jwksUri });

describe("a token of the issuer for this API", () => {
  const issuer = new Issuer();
  let authenticate: ReturnType<typeof createAuthenticate>;
  const accepts = async (token: string) => await authenticate(`Bearer ${token}`);

  beforeEach(async () => {
    await issuer.open();
    authenticate = authenticateOf(issuer);
  });
  afterEach(async () => {
    issuer.asked.length = 0;
    await issuer.close();
  });

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
    ["was issued by a clock that is half a minute ahead", { iat: now() + 30 }],
    ["does not tell when it was issued", { iat: undefined }],
    ["is for several audiences", { aud: ["api://other", AUDIENCE] }],
    ["names its tenant in other casing", { tid: TENANT.toUpperCase() }],
    ["has two hundred groups", { groups: Array(200).fill(TENANT) }],
  ])("is accepted when it %s", async (_what, claims) => {
    expect(await accepts(await issuer.token(claims))).toMatchObject({ id: "a-person" });
  });

  test("costs one request for the keys, however many there are", async () => {
    for (let number = 0; number < 5; number++) await accepts(await issuer.token());
    expect(issuer.asked).toEqual([`/${TENANT}/v2.0/keys`]);
  });

  test.each<[string, Claims]>([
    ["that names nobody", { oid: undefined }],
    ["whose roles are no list", { roles: "Reader" }],
  ])("is refused %s", async (_what, claims) => {
    expect(await refusalOf(accepts(await issuer.token(claims)))).toEqual(
      refused("The token names nobody."),
    );
  });
});

describe("an issuer that names no tenant", () => {
  const issuer = new Issuer("/realms/backup");
  beforeAll(() => issuer.open());
  afterAll(() => issuer.close());

  test("needs none in its tokens", async () => {
    const token = await issuer.token({ tid: undefined });
    expect(await authenticateOf(issuer)(`Bearer ${token}`)).toMatchObject({ id: "a-person" });
  });
});

describe("the issuer of version 1 tokens", () => {
  const issuer = new Issuer(`/${TENANT}/`);
  beforeAll(() => issuer.open());
  afterAll(() => issuer.close());

  test("is one like any other when it is the configured one", async () => {
    const token = await issuer.token({
      ...{ ver: "1.0", appid: TENANT, idtyp: "app", azp: undefined },
    });
    expect(await authenticateOf(issuer)(`Bearer ${token}`)).toMatchObject({ clientId: TENANT });
  });
});
