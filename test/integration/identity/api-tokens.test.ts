/** The app's own check of its callers' tokens, with an issuer over TLS. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { callerNamed, TENANT_ID } from "../../../local/identity/callers.ts";
import { type Identity, startIdentity } from "../../../local/identity/start-identity.ts";
import { createCertificate, trustInThisProcess } from "../../../local/tls/certificate.ts";
import { ApiError } from "../../../src/lib/api/api-error.ts";
import { createAuthenticate } from "../../../src/lib/api/authenticate.ts";

let folder: string;
let identity: Identity;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "api-tokens-"));
  const certificate = await createCertificate(join(folder, "trusted"));
  trustInThisProcess(certificate);
  identity = await startIdentity({ certificate });
});
afterAll(async () => {
  await identity.close();
  await rm(folder, { recursive: true, force: true });
});

const checking = ({ issuer, audience }: Identity) =>
  createAuthenticate({ issuer, audience, jwksUri: undefined });
const failureOf = (attempt: Promise<unknown>) =>
  attempt.then(
    () => undefined,
    (error: unknown) => error,
  );

test("a caller is known by the token, with the keys that the issuer's discovery names", async () => {
  const token = await identity.issueToken("operator");
  expect(await checking(identity)(`Bearer ${token}`)).toEqual({
    ...{ id: callerNamed("operator").objectId, kind: "app", roles: ["Operator"] },
    clientId: callerNamed("operator").clientId,
  });
});

describe("a token is refused", () => {
  const future = Math.floor(Date.now() / 1000) + 3600;
  test.each([
    ["that has expired", { expiresInSeconds: -120 }],
    ["that begins in an hour", { claims: { nbf: future } }],
    ["that is issued in an hour", { claims: { iat: future } }],
    ["that never expires", { claims: { exp: undefined } }],
    ["for another API", { audience: "api://other" }],
    ["for Azure Resource Manager, of version 1", { audience: "https://management.azure.com" }],
    ["of another issuer", { issuer: `https://sts.windows.net/${TENANT_ID}/` }],
    ["of another tenant", { claims: { tid: TENANT_ID.replace(/1$/, "2") } }],
    ["of no tenant", { claims: { tid: undefined } }],
    ["signed by a stranger", { signedByStranger: true }],
  ])("%s", async (_what, options) => {
    const token = await identity.issueToken("operator", options);
    const failure = await failureOf(checking(identity)(`Bearer ${token}`));
    expect(failure).toMatchObject({ status: 401, code: "Unauthorized" });
  });
});

test("keys from a server that nobody vouches for are never used", async () => {
  const impostor = await startIdentity({
    certificate: await createCertificate(join(folder, "impostor")),
  });
  try {
    const token = await impostor.issueToken("policy-admin");
    for (const jwksUri of [undefined, impostor.jwksUri]) {
      const { issuer, audience } = impostor;
      const authenticate = createAuthenticate({ issuer, audience, jwksUri });
      const failure = await failureOf(authenticate(`Bearer ${token}`));
      expect(failure).toBeInstanceOf(Error);
      expect(failure).not.toBeInstanceOf(ApiError);
    }
  } finally {
    await impostor.close();
  }
});
