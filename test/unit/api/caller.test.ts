import { describe, expect, test } from "vitest";
import { type Action, type Caller, callerOf, demand, maySee } from "../../../src/lib/api/caller.ts";
import type { Principal } from "../../../src/lib/api/principal.ts";
import type { Partner } from "../../../src/lib/partners/partner.ts";
import { PARTNER_ID, partner, partnerCaller } from "../../fixtures/partners.ts";
import { vmKey } from "../../fixtures/records.ts";

const forbidden = (message: string | RegExp) =>
  expect.objectContaining({
    ...{ status: 403, code: "Forbidden" },
    message: expect.stringMatching(message),
  });

describe("the caller", () => {
  const app: Principal = { id: "an-object", kind: "app", roles: [], clientId: PARTNER_ID };
  const found = (record: Partner | undefined) => async (clientId: string) =>
    clientId === PARTNER_ID ? record : undefined;
  const neverAsked = () => Promise.reject(new Error("It was looked up."));

  test.each<[string, Principal]>([
    ["a person with a role", { id: "o", kind: "person", roles: ["Reader"] }],
    ["a person without a role", { id: "o", kind: "person", roles: [] }],
    ["an app with a role", { id: "o", kind: "app", roles: ["Operator"] }],
  ])("is %s by the token alone", async (_who, principal) => {
    expect(await callerOf(principal, neverAsked)).toEqual(principal);
  });

  test("with a role is an operator, also when it could be a partner", async () => {
    const operator = await callerOf({ ...app, roles: ["Reader"] }, neverAsked);
    expect(operator).toEqual({ id: "an-object", kind: "app", roles: ["Reader"] });
  });

  test("is a partner under its client id", async () => {
    const record = partner();
    expect(await callerOf(app, found(record))).toEqual({
      ...{ id: PARTNER_ID, kind: "app", roles: [] },
      partner: record,
    });
  });

  test("is refused in the same words as unknown and as disabled partner", async () => {
    const { clientId: _, ...nameless } = app;
    const refusals = await Promise.all(
      [
        callerOf(app, found(undefined)),
        callerOf(app, found(partner({ state: "disabled" }))),
        callerOf(nameless, neverAsked),
      ].map((attempt) => attempt.catch((error: unknown) => error)),
    );
    for (const refusal of refusals) {
      expect(refusal).toEqual(
        forbidden("This app has no app role, and is not an enabled partner."),
      );
    }
  });
});

const person = (...roles: Caller["roles"]): Caller => ({ id: "o", kind: "person", roles });
const everyVerb: Partner["verbs"] = [
  ...(["read", "grants", "restores"] as const),
  ...(["createRestorePoints", "deleteRestorePoints"] as const),
];

/** Who may; everybody else may not. */
const who: Readonly<Record<string, Caller>> = {
  nobody: person(),
  Reader: person("Reader"),
  Operator: person("Operator"),
  PolicyAdmin: person("PolicyAdmin"),
  "partner with read": partnerCaller(),
  "partner with grants": partnerCaller({ verbs: ["grants"] }),
  "partner with every verb": partnerCaller({ verbs: everyVerb }),
};
const operators = ["Reader", "Operator", "PolicyAdmin"];

describe("what a caller may do", () => {
  test.each<[Action, string[]]>([
    ["read", [...operators, "partner with read", "partner with every verb"]],
    ["readFleet", operators],
    ["operate", ["Operator", "PolicyAdmin"]],
    ["managePolicies", ["PolicyAdmin"]],
    ["grant", ["Operator", "PolicyAdmin", "partner with grants", "partner with every verb"]],
    ["managePartners", ["PolicyAdmin"]],
  ])("%s: %j", (action, allowed) => {
    const may = (caller: Caller) => {
      try {
        demand(caller, action);
        return true;
      } catch (error) {
        expect(error).toEqual(forbidden("This needs"));
        return false;
      }
    };
    expect(Object.keys(who).filter((name) => may(who[name] ?? person()))).toEqual(allowed);
  });

  test("is told by role to an operator, by verb to a partner", () => {
    expect(() => demand(person("Reader"), "grant")).toThrow(/app roles Operator, PolicyAdmin/);
    expect(() => demand(partnerCaller(), "grant")).toThrow(/verb grants/);
    expect(() => demand(partnerCaller(), "readFleet")).toThrow(/app roles Reader/);
  });
});

describe("what a caller may see", () => {
  test.each(operators)("%s: the fleet", (name) => {
    expect(maySee(who[name] ?? person(), vmKey("any"))).toBe(true);
  });

  test("nobody: nothing", () => {
    expect(maySee(person(), vmKey())).toBe(false);
  });

  test("a partner: its scope", () => {
    expect(maySee(partnerCaller(), vmKey())).toBe(true);
    expect(maySee(partnerCaller({ scope: [] }), vmKey())).toBe(false);
  });
});
