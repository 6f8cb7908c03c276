import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { vmKeyOf, vmKeySchema, vmNameOf } from "../../../src/lib/fleet/vm-key.ts";

const SUB = "11111111-2222-3333-4444-555555555555";
const group = (name: string) => `/subscriptions/${SUB}/resourceGroups/${name}`;
const vm = `${group("Shop")}/providers/Microsoft.Compute/virtualMachines/Web-01`;
const key = `${SUB}~shop~web-01`;

describe("the key of a VM", () => {
  test.each([
    ["as Azure spells it", vm],
    ["in lower case", vm.toLowerCase()],
    ["in upper case", vm.toUpperCase()],
    ["of its tags", `${vm}/providers/Microsoft.Resources/tags/default`],
    ["of its tags, in lower case", `${vm}/providers/microsoft.resources/tags/default`],
    ["with a slash at the end", `${vm}/`],
  ])("is read from its id %s", (_what, id) => {
    expect(vmKeyOf(id)).toBe(key);
  });

  test.each([
    ["a group with dots and parentheses", "my.group_(1)", "web", "my.group_(1)~web"],
    ["a group with letters of other alphabets", "Größe", "web", "größe~web"],
    ["a VM with an underscore", "shop", "aks_node_0", "shop~aks_node_0"],
  ])("holds %s", (_what, resourceGroup, name, rest) => {
    const id = `${group(resourceGroup)}/providers/Microsoft.Compute/virtualMachines/${name}`;
    expect(vmKeyOf(id)).toBe(`${SUB}~${rest}`);
  });

  test.each([
    ["an extension", `${vm}/extensions/agent`],
    ["a run command", `${vm}/runCommands/hello`],
    ["an availability status", `${vm}/providers/Microsoft.ResourceHealth/availabilityStatuses/1`],
    ["a disk", vm.replace("virtualMachines", "disks")],
    ["a scale set", vm.replace("virtualMachines", "virtualMachineScaleSets")],
    ["a VM of another provider", vm.replace("Microsoft.Compute", "Microsoft.ClassicCompute")],
    ["a resource group", group("Shop")],
    ["a group whose tags changed", `${group("Shop")}/providers/Microsoft.Resources/tags/default`],
    ["a subscription", `/subscriptions/${SUB}`],
    ["the type without a name", vm.replace("/Web-01", "")],
    ["an empty text", ""],
    ["a name that has the separator", `${vm}~x`],
    ["a name with a character that table keys forbid", `${vm}#x`],
  ])("does not exist for %s", (_what, id) => {
    expect(vmKeyOf(id)).toBeUndefined();
  });

  test("says the VM's scope without a look-up", () => {
    expect(vmNameOf(vmKeySchema.parse(key))).toEqual({
      subscriptionId: SUB,
      resourceGroup: "shop",
      name: "web-01",
    });
  });

  test.each([
    "",
    "shop~web-01",
    `${key}~x`,
    key.replace("web", "Web"),
    `${SUB}~~web`,
    `${SUB}~a/b~web`,
    `${SUB}~shop~web?`,
    `${SUB}~shop~${"a".repeat(81)}`,
  ])("is not %j", (text) => {
    expect(vmKeySchema.safeParse(text).success).toBe(false);
  });

  test("whatever the text, holds no character that a table key forbids", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (name) => {
        const id = `${group("shop")}/providers/Microsoft.Compute/virtualMachines/${name}`;
        expect(vmKeyOf(id) ?? "").not.toMatch(/[/\\#?\p{Cc}]/u);
      }),
    );
  });
});
