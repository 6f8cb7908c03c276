import { describe, expect, test } from "vitest";
import { ApiError } from "../../../src/lib/api/api-error.ts";
import { callerOf, demand, maySee } from "../../../src/lib/api/caller.ts";
import { vmKey } from "../../fixtures/records.ts";

describe("the caller", () => {
  test.each<[string, object, string]>([
    ["a person by object id", { oid: "o", azp: "a", sub: "s" }, "o"],
    ["an app by client id", { azp: "a", sub: "s" }, "a"],
    ["an app by client id, in a version 1 token", { appid: "a", sub: "s" }, "a"],
    ["anybody else by subject", { sub: "s" }, "s"],
  ])("is %s", (_who, claims, id) => {
    expect(callerOf(claims)).toEqual({ id, roles: [] });
  });

  test("has the roles that this app knows, and no others", () => {
    expect(callerOf({ oid: "o", roles: ["Operator", "Admin", "reader", "PolicyAdmin"] })).toEqual({
      id: "o",
      roles: ["Operator", "PolicyAdmin"],
    });
  });

  test.each([
    undefined,
    null,
    "o",
    {},
    { roles: ["Reader"] },
    { oid: 7 },
    { oid: "o", roles: [7] },
  ])("is nobody by %j", (claims) => {
    expect(callerOf(claims)).toBeUndefined();
  });
});

describe("what a caller may do", () => {
  test.each(["Reader", "Operator", "PolicyAdmin"] as const)("%s may read", (role) => {
    expect(() => demand({ id: "o", roles: [role] }, "read")).not.toThrow();
    expect(maySee({ id: "o", roles: [role] }, vmKey())).toBe(true);
  });

  test("only a PolicyAdmin may manage policies", () => {
    const may = (role: "Reader" | "Operator" | "PolicyAdmin") => () =>
      demand({ id: "o", roles: [role] }, "managePolicies");
    expect(may("PolicyAdmin")).not.toThrow();
    expect(may("Reader")).toThrow(ApiError);
    expect(may("Operator")).toThrow(ApiError);
  });

  test("without a role: nothing", () => {
    const caller = { id: "o", roles: [] };
    expect(maySee(caller, vmKey())).toBe(false);
    const forbidden = expect.objectContaining({ status: 403, code: "Forbidden" });
    expect(() => demand(caller, "read")).toThrow(ApiError);
    expect(() => demand(caller, "read")).toThrow(forbidden);
  });
});
