/** Where `authenticate.ts` finds the issuer's keys, and what happens when they are not to be had. */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { ApiError } from "../../../src/lib/api/api-error.ts";
import { createAuthenticate } from "../../../src/lib/api/authenticate.ts";
import { AUDIENCE, Issuer, TENANT } from "./issuer.ts";

const issuer = new Issuer();
beforeEach(() => issuer.open());
afterEach(async () => {
  issuer.status = 200;
  issuer.discovery = undefined;
  issuer.asked.length = 0;
  await issuer.close();
});

const authenticateAt = (jwksUri: string | undefined, url = issuer.url) =>
  createAuthenticate({ issuer: url, audience: AUDIENCE, jwksUri });
const failureOf = (attempt: Promise<unknown>) =>
  attempt.then(
    () => "It was accepted.",
    (reason: unknown) => reason,
  );

describe("the address of the keys", () => {
  test("is discovered from the issuer when it is not configured, once", async () => {
    const authenticate = authenticateAt(undefined);
    const authorization = `Bearer ${await issuer.token()}`;
    await authenticate(authorization);
    await authenticate(authorization);
    expect(issuer.asked).toEqual([
      `/${TENANT}/v2.0/.well-known/openid-configuration`,
      `/${TENANT}/v2.0/keys`,
    ]);
  });

  test("is not asked for by a request without a token", async () => {
    await failureOf(authenticateAt(undefined)(null));
    expect(issuer.asked).toEqual([]);
  });
});

describe("that the keys are not to be had is not the caller's fault", () => {
  test.each([
    ["configured", () => issuer.jwksUri],
    ["discovered", () => undefined],
  ])("when the %s address answers 503, and is over as soon as it answers", async (_how, uri) => {
    const authenticate = authenticateAt(uri());
    const authorization = `Bearer ${await issuer.token()}`;
    issuer.status = 503;
    const failure = await failureOf(authenticate(authorization));
    expect(failure).toBeInstanceOf(Error);
    expect(failure).not.toBeInstanceOf(ApiError);
    issuer.status = 200;
    expect(await authenticate(authorization)).toMatchObject({ id: "a-person" });
  });

  test.each([{}, { jwks_uri: "nowhere" }, "no"])("when discovery answers %j", async (document) => {
    issuer.discovery = document;
    const failure = await failureOf(authenticateAt(undefined)(`Bearer ${await issuer.token()}`));
    expect(failure).not.toBeInstanceOf(ApiError);
  });

  test("when the document of the keys is none", async () => {
    const failure = await failureOf(
      authenticateAt(`${issuer.url}/.well-known/openid-configuration`)(
        `Bearer ${await issuer.token()}`,
      ),
    );
    expect(failure).toBeInstanceOf(Error);
    expect(failure).not.toBeInstanceOf(ApiError);
  });

  test("when nothing listens there", async () => {
    const token = await issuer.token();
    const { jwksUri, url } = issuer;
    await issuer.close();
    const failure = await failureOf(authenticateAt(jwksUri, url)(`Bearer ${token}`));
    await issuer.open();
    expect(failure).toBeInstanceOf(Error);
    expect(failure).not.toBeInstanceOf(ApiError);
  });
});
