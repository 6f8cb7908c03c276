import { describe, expect, test } from "vitest";
import { principalOf } from "../../../src/lib/api/principal.ts";

const client = "AAAAAAAA-0000-4000-8000-00000000000A";
const clientId = client.toLowerCase();

describe("whom a token names", () => {
  test.each<[string, object, object]>([
    ["a person by object id", { oid: "o", azp: client, scp: "x" }, { id: "o", kind: "person" }],
    ["a person by subject", { sub: "s", azp: client, scp: "x" }, { id: "s", kind: "person" }],
    [
      "a person, whatever app is used, when it says so",
      { oid: "o", azp: client, idtyp: "user" },
      { id: "o", kind: "person" },
    ],
    ["an app by what it says", { oid: "o", azp: client, idtyp: "app" }, { id: "o", clientId }],
    ["an app that acts for nobody", { oid: "o", azp: client }, { id: "o", clientId }],
    ["an app, in a version 1 token", { oid: "o", appid: client }, { id: "o", clientId }],
    ["an app without an object id", { azp: clientId }, { id: clientId, clientId }],
    ["an app whose client id is none", { oid: "o", azp: "x' or '1" }, { id: "o" }],
  ])("is %s", (_who, claims, expected) => {
    expect(principalOf(claims)).toEqual({ kind: "app", roles: [], ...expected });
  });

  test("has the roles that this app knows, and no others", () => {
    const roles = ["Operator", "Admin", "reader", "Partner", "PolicyAdmin"];
    expect(principalOf({ oid: "o", azp: client, roles })).toMatchObject({
      roles: ["Operator", "PolicyAdmin"],
    });
  });

  test.each([
    undefined,
    null,
    "o",
    {},
    { roles: ["Reader"] },
    // An ID token, which is for the app that asked for it.
    { oid: "o", sub: "s", roles: ["PolicyAdmin"], nonce: "n" },
    { oid: "o", idtyp: "app" },
    { azp: client, scp: "x" },
    { oid: 7, azp: client },
    { oid: "o", azp: client, roles: [7] },
    { oid: "o", azp: client, scp: ["x"] },
  ])("is nobody by %j", (claims) => {
    expect(principalOf(claims)).toBeUndefined();
  });
});
