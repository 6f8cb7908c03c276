import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ClientSecretCredential, ManagedIdentityCredential } from "@azure/identity";
import { QueueServiceClient } from "@azure/storage-queue";
import { createRemoteJWKSet, decodeJwt, jwtVerify } from "jose";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { startAzurite } from "../../../local/azurite/start-azurite.ts";
import { appIdentity, callerNamed, TENANT_ID } from "../../../local/identity/callers.ts";
import { type Identity, startIdentity } from "../../../local/identity/start-identity.ts";
import {
  type Certificate,
  createCertificate,
  trustInThisProcess,
} from "../../../local/tls/certificate.ts";

const ARM = "https://management.azure.com";

let folder: string;
let certificate: Certificate;
let identity: Identity;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "identity-"));
  certificate = await createCertificate(folder);
  trustInThisProcess(certificate);
  identity = await startIdentity({ certificate });
  vi.stubEnv("IDENTITY_ENDPOINT", identity.managedIdentityEnv.IDENTITY_ENDPOINT);
  vi.stubEnv("IDENTITY_HEADER", identity.managedIdentityEnv.IDENTITY_HEADER);
});

afterAll(async () => {
  vi.unstubAllEnvs();
  await identity.close();
  await rm(folder, { recursive: true, force: true });
});

describe("the managed identity", () => {
  test("gives the real credential a token that Azure Resource Manager accepts", async () => {
    const { token, expiresOnTimestamp } = await new ManagedIdentityCredential().getToken(
      `${ARM}/.default`,
    );
    await identity.verifyArmToken(token);
    expect(decodeJwt(token)).toMatchObject({ appid: appIdentity.clientId });
    expect(expiresOnTimestamp).toBeGreaterThan(Date.now() + 3_600_000);
  });

  test("may be named by its client id", async () => {
    const credential = new ManagedIdentityCredential({ clientId: appIdentity.clientId });
    await identity.verifyArmToken((await credential.getToken(`${ARM}/.default`)).token);
  });

  test("gives a storage token that Azurite accepts", async () => {
    const azurite = await startAzurite({ certificate });
    try {
      const queues = new QueueServiceClient(
        azurite.urls(azurite.account).queue,
        new ManagedIdentityCredential(),
      );
      await queues.createQueue("plan-vm");
      const first = await queues.listQueues().next();
      expect(first.value).toMatchObject({ name: "plan-vm" });
    } finally {
      await azurite.stop();
    }
  });

  test.each([
    ["a wrong header", { header: "guess" }, 401],
    ["an unknown resource", { resource: "https://vault.azure.net" }, 400],
    ["a client id of another identity", { clientId: TENANT_ID }, 400],
    ["another api-version", { version: "2017-09-01" }, 400],
  ])("refuses %s", async (_case, { header, resource, clientId, version }: Ask, status) => {
    const url = new URL(identity.managedIdentityEnv.IDENTITY_ENDPOINT);
    url.searchParams.set("api-version", version ?? "2019-08-01");
    url.searchParams.set("resource", resource ?? ARM);
    if (clientId) url.searchParams.set("client_id", clientId);
    const response = await fetch(url, {
      headers: { "x-identity-header": header ?? identity.managedIdentityEnv.IDENTITY_HEADER },
    });
    expect(response.status).toBe(status);
    expect(await response.text()).not.toContain("access_token");
  });
});

interface Ask {
  header?: string;
  resource?: string;
  clientId?: string;
  version?: string;
}

describe("the issuer", () => {
  test("is found by discovery, and its keys verify an API token", async () => {
    const discovery = await fetch(`${identity.issuer}/.well-known/openid-configuration`);
    const { issuer, jwks_uri } = (await discovery.json()) as { issuer: string; jwks_uri: string };
    expect({ issuer, jwks_uri }).toEqual({ issuer: identity.issuer, jwks_uri: identity.jwksUri });
    const { payload } = await jwtVerify(
      await identity.issueToken("reader"),
      createRemoteJWKSet(new URL(jwks_uri)),
      { issuer, audience: identity.audience, algorithms: ["RS256"] },
    );
    expect(payload).toMatchObject({ roles: ["Reader"], oid: callerNamed("reader").objectId });
  });

  test("serves public keys only", async () => {
    const { keys } = (await (await fetch(identity.jwksUri)).json()) as { keys: object[] };
    expect(Object.keys(keys[0] ?? {}).sort()).toEqual(["alg", "e", "kid", "kty", "n", "use"]);
  });

  test("gives the real client secret credential tokens for the API and for ARM", async () => {
    const { clientId, clientSecret } = callerNamed("partner-contoso");
    const credential = new ClientSecretCredential(TENANT_ID, clientId, clientSecret, {
      authorityHost: new URL(identity.issuer).origin,
      disableInstanceDiscovery: true,
    });
    const { token } = await credential.getToken(`${identity.audience}/.default`);
    expect(decodeJwt(token)).toMatchObject({ azp: clientId, roles: ["Partner"] });
    await identity.verifyArmToken((await credential.getToken(`${ARM}/.default`)).token);
  });

  test.each([
    ["a wrong secret", { client_secret: "guess" }, 401, "invalid_client"],
    ["an unknown client", { client_id: "nobody" }, 400, "unauthorized_client"],
    ["another resource", { scope: "https://vault.azure.net/.default" }, 400, "invalid_scope"],
    ["another grant type", { grant_type: "password" }, 400, "unsupported_grant_type"],
  ])("refuses %s", async (_case, change, status, error) => {
    const { clientId, clientSecret } = callerNamed("operator");
    const form = {
      grant_type: "client_credentials",
      client_id: clientId,
      client_secret: clientSecret,
      scope: `${identity.audience}/.default`,
    };
    const response = await fetch(identity.tokenEndpoint, {
      method: "POST",
      body: new URLSearchParams({ ...form, ...change }),
    });
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ error });
  });
});

describe("Azure Resource Manager's check", () => {
  test.each([
    ["management.azure.com", ARM],
    ["the emulator's own address", "https://localhost:7443"],
  ])("accepts a token for %s", async (_case, audience) => {
    await identity.verifyArmToken(await identity.issueToken("operator", { audience }));
  });

  test.each([
    ["for the API", {}],
    ["for Storage", { audience: "https://storage.azure.com" }],
    ["that has expired", { audience: ARM, expiresInSeconds: -1 }],
    ["of another issuer", { audience: ARM, issuer: "https://sts.windows.net/other/" }],
    ["signed by a stranger", { audience: ARM, signedByStranger: true }],
    ["without an object id", { audience: ARM, claims: { oid: undefined } }],
    ["not valid yet", { audience: ARM, claims: { nbf: Math.floor(Date.now() / 1000) + 600 } }],
  ])("refuses a token %s", async (_case, options) => {
    const token = await identity.issueToken("operator", options);
    await expect(identity.verifyArmToken(token)).rejects.toThrow();
  });

  test("refuses what is no token", async () => {
    await expect(identity.verifyArmToken("no.token.here")).rejects.toThrow();
  });
});

test("closing frees both ports", async () => {
  const first = await startIdentity({ certificate });
  const port = Number(new URL(first.issuer).port);
  const managedIdentityPort = Number(new URL(first.managedIdentityEnv.IDENTITY_ENDPOINT).port);
  await first.close();
  const second = await startIdentity({ certificate, port, managedIdentityPort });
  expect(second.issuer).toBe(first.issuer);
  await second.close();
});
