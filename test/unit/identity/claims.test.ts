import { decodeJwt } from "jose";
import { describe, expect, test } from "vitest";
import { isArmAudience, isStorageAudience } from "../../../local/identity/audience.ts";
import { appIdentity, callerNamed, callers, TENANT_ID } from "../../../local/identity/callers.ts";
import { apiTokenClaims, resourceTokenClaims } from "../../../local/identity/claims.ts";
import { createSigningKey } from "../../../local/identity/signing-key.ts";

describe("audience", () => {
  test.each([
    ["https://management.azure.com", true],
    ["https://management.azure.com/", true],
    ["https://localhost:7443", true],
    ["https://127.0.0.1:7443/", true],
    ["https://management.azure.com.example.com", false],
    ["https://localhost.example.com", false],
    ["http://localhost:7443", false],
    ["https://storage.azure.com", false],
    ["api://vm-restore-points", false],
    ["", false],
  ])("%s is Azure Resource Manager: %s", (audience, expected) => {
    expect(isArmAudience(audience)).toBe(expected);
  });

  test.each([
    ["https://storage.azure.com", true],
    ["https://storage.azure.com/", true],
    ["https://management.azure.com", false],
  ])("%s is Storage: %s", (audience, expected) => {
    expect(isStorageAudience(audience)).toBe(expected);
  });
});

describe("callers", () => {
  test.each([
    ["operator", "Operator"],
    ["policy-admin", "PolicyAdmin"],
    ["reader", "Reader"],
    ["partner-contoso", "Partner"],
    ["partner-fabrikam", "Partner"],
  ])("%s has the role %s", (name, role) => {
    expect(callerNamed(name).roles).toEqual([role]);
  });

  test.each(["partner-a", "partner-b"])("%s has no role, and its token no claim of it", (name) => {
    const claims = apiTokenClaims(callerNamed(name), "api://vm-restore-points", "https://issuer");
    expect(claims).not.toHaveProperty("roles");
  });

  test("have ids of their own", () => {
    const ids = callers.flatMap(({ clientId, objectId }) => [clientId, objectId]);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test("an unknown name is refused with the names that exist", () => {
    expect(() => callerNamed("nobody")).toThrow(/operator, policy-admin, reader/);
  });
});

describe("claims", () => {
  test("of a token for a resource are those of version 1", () => {
    expect(resourceTokenClaims(appIdentity, "https://storage.azure.com")).toMatchObject({
      ver: "1.0",
      iss: `https://sts.windows.net/${TENANT_ID}/`,
      aud: "https://storage.azure.com",
      appid: appIdentity.clientId,
      oid: appIdentity.objectId,
      tid: TENANT_ID,
      idtyp: "app",
    });
  });

  test("of a token for the API are those of version 2, with the caller's roles", () => {
    const operator = callerNamed("operator");
    expect(apiTokenClaims(operator, "api://vm-restore-points", "https://issuer")).toMatchObject({
      ver: "2.0",
      iss: "https://issuer",
      aud: "api://vm-restore-points",
      azp: operator.clientId,
      oid: operator.objectId,
      sub: operator.objectId,
      tid: TENANT_ID,
      roles: ["Operator"],
      idtyp: "app",
    });
  });
});

test.each([3600, 0, -60])("a token with a lifetime of %i s begins before it ends", async (life) => {
  const key = await createSigningKey();
  const { iat = 0, nbf, exp = 0 } = decodeJwt(await key.sign({}, life));
  expect(nbf).toBe(iat);
  expect(iat).toBeLessThan(exp);
  expect(exp - Math.floor(Date.now() / 1000)).toBeCloseTo(life, -1);
});
