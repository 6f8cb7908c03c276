import { describe, expect, test } from "vitest";
import { outOfScope } from "../../../src/lib/partners/restore-scope.ts";
import type { ScopeEntry } from "../../../src/lib/partners/scope.ts";
import { SUBSCRIPTION, vmKey } from "../../fixtures/records.ts";

const subscription = { subscriptionId: SUBSCRIPTION };
const shop = { ...subscription, resourceGroup: "Shop" };
const webOnly = { ...shop, vm: "web-01" };
const network = { ...subscription, resourceGroup: "network" };
const elsewhere = { subscriptionId: "99999999-2222-3333-4444-555555555555" };

const subnetIn = (resourceGroup: string, subscriptionId = SUBSCRIPTION) =>
  `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}/providers/Microsoft.Network/virtualNetworks/vnet/subnets/default`;

describe("a partner restores into a resource group", () => {
  test.each<[string, ScopeEntry[], string | undefined, boolean]>([
    ["of the VM, when none is named", [webOnly], undefined, true],
    ["of the VM, in any casing", [webOnly], "SHOP", true],
    ["in its scope", [webOnly, network], "Network", true],
    ["in a subscription in its scope", [subscription], "anything", true],
    ["out of its scope: refused", [shop], "network", false],
    ["in which it sees one VM only: refused", [shop, { ...network, vm: "a" }], "network", false],
    ["of that name in another subscription: refused", [shop, elsewhere], "network", false],
  ])("%s", (_, scope, resourceGroup, may) => {
    const found = outOfScope(scope, vmKey(), { resourceGroup });
    expect(found).toBe(may ? undefined : "resourceGroup");
  });
});

describe("a partner restores into a subnet", () => {
  test.each<[string, ScopeEntry[], string | undefined, boolean]>([
    ["that the source is in, when none is named", [webOnly], undefined, true],
    ["in a resource group in its scope", [shop], subnetIn("shop"), true],
    ["in any casing", [shop], subnetIn("SHOP", SUBSCRIPTION.toUpperCase()), true],
    ["in a subscription in its scope", [subscription], subnetIn("anything"), true],
    ["out of its scope: refused", [shop], subnetIn("network"), false],
    ["beside the one VM that it sees: refused", [webOnly], subnetIn("shop"), false],
    ["in another subscription: refused", [shop], subnetIn("shop", "another"), false],
    ["whose id is none: refused", [subscription], "/subnets/default", false],
  ])("%s", (_, scope, subnetId, may) => {
    expect(outOfScope(scope, vmKey(), { subnetId })).toBe(may ? undefined : "subnetId");
  });
});
