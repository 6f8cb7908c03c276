import { describe, expect, test } from "vitest";
import { vmKeySchema } from "../../../src/lib/fleet/vm-key.ts";
import { inScope, type ScopeEntry } from "../../../src/lib/partners/scope.ts";
import { SUBSCRIPTION } from "../../fixtures/records.ts";

const OTHER = "99999999-2222-3333-4444-555555555555";
const subscription: ScopeEntry = { subscriptionId: SUBSCRIPTION };
const group: ScopeEntry = { ...subscription, resourceGroup: "Shop" };
const vm: ScopeEntry = { ...group, vm: "Web-01" };

describe("a scope", () => {
  test.each<[string, ScopeEntry[], string, boolean]>([
    ["nothing", [], `${SUBSCRIPTION}~shop~web-01`, false],
    ["a subscription", [subscription], `${SUBSCRIPTION}~any~web-01`, true],
    ["a subscription", [subscription], `${OTHER}~shop~web-01`, false],
    ["a resource group", [group], `${SUBSCRIPTION}~shop~any`, true],
    ["a resource group", [group], `${SUBSCRIPTION}~shop-2~web-01`, false],
    ["a resource group", [group], `${SUBSCRIPTION}~sho~web-01`, false],
    ["a resource group", [group], `${OTHER}~shop~web-01`, false],
    ["a VM", [vm], `${SUBSCRIPTION}~shop~web-01`, true],
    ["a VM", [vm], `${SUBSCRIPTION}~shop~web-010`, false],
    ["a VM", [vm], `${SUBSCRIPTION}~shop~web-02`, false],
    ["a VM", [vm], `${SUBSCRIPTION}~other~web-01`, false],
    [
      "a VM without its group",
      [{ ...subscription, vm: "web-01" }],
      `${SUBSCRIPTION}~a~web-01`,
      false,
    ],
    ["two entries", [{ ...group, resourceGroup: "a" }, vm], `${SUBSCRIPTION}~shop~web-01`, true],
    [
      "two entries, mixed",
      [
        { ...vm, vm: "a" },
        { ...vm, resourceGroup: "b" },
      ],
      `${SUBSCRIPTION}~shop~web-01`,
      false,
    ],
    ["another casing", [{ subscriptionId: "ABC", resourceGroup: "GRÖSSE" }], "abc~größe~x", false],
    ["another casing", [{ subscriptionId: "ABC", resourceGroup: "GRÖN" }], "abc~grön~x", true],
  ])("of %s (%j) has %s: %s", (_what, scope, key, expected) => {
    expect(inScope(scope, vmKeySchema.parse(key))).toBe(expected);
  });
});
