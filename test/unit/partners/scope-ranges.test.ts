import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { protectionTable } from "../../../src/lib/fleet/protection.ts";
import { type VmKey, vmKeySchema } from "../../../src/lib/fleet/vm-key.ts";
import { operationTable } from "../../../src/lib/operations/operation.ts";
import { inScope, type ScopeEntry } from "../../../src/lib/partners/scope.ts";
import { partitionsInScope, protectionsInScope } from "../../../src/lib/partners/scope-ranges.ts";
import type { KeyRange } from "../../../src/lib/state/entity-table.ts";
import { InMemoryTable } from "../../fakes/in-memory-table.ts";
import { operation, operationId, protection, SUBSCRIPTION } from "../../fixtures/records.ts";

const subscription: ScopeEntry = { subscriptionId: SUBSCRIPTION };
const group: ScopeEntry = { ...subscription, resourceGroup: "Shop" };
const vm: ScopeEntry = { ...group, vm: "Web-01" };
const one = { partitionFrom: SUBSCRIPTION, partitionTo: SUBSCRIPTION };

describe("a scope is read as", () => {
  test.each<[string, ScopeEntry[], KeyRange[]]>([
    ["nothing", [], []],
    ["a whole subscription", [subscription], [one]],
    ["a resource group", [group], [{ ...one, rowFrom: "shop~", rowTo: "shop\u00a0" }]],
    ["one VM", [vm], [{ ...one, rowFrom: "shop~web-01", rowTo: "shop~web-01" }]],
    ["what covers the rest", [vm, group, subscription, group], [one]],
    ["nothing for a VM without its group", [{ ...subscription, vm: "web-01" }], []],
    [
      "its entries in the order of keys",
      [vm, { ...subscription, resourceGroup: "bank" }, { subscriptionId: "0" }],
      [
        { partitionFrom: "0", partitionTo: "0" },
        { ...one, rowFrom: "bank~", rowTo: "bank\u00a0" },
        { ...one, rowFrom: "shop~web-01", rowTo: "shop~web-01" },
      ],
    ],
  ])("%s", (_what, scope, ranges) => {
    expect(protectionsInScope(scope)).toEqual(ranges);
  });
});

/** Names that begin alike, or go on where another one ends, in any script. */
const group$ = fc.constantFrom("shop", "shop2", "shop-2", "shopé", "sho", "shop ", "größe");
const name$ = fc.constantFrom("web", "web-01", "web-010", "é", "w");
const subscription$ = fc.constantFrom("1", "1-2", "2");
const vm$ = fc
  .tuple(subscription$, group$, name$)
  .map((names): VmKey => vmKeySchema.parse(names.join("~")));
const entry$ = fc.record(
  { subscriptionId: subscription$, resourceGroup: group$, vm: name$ },
  { requiredKeys: ["subscriptionId"] },
);
const scope$ = fc.array(entry$, { maxLength: 6 }) as fc.Arbitrary<ScopeEntry[]>;
const fleet$ = fc.uniqueArray(vm$, { maxLength: 30 });

describe("whatever the scope, each VM in it is read once, in order, and no other:", () => {
  const listed = async <T extends { vm: VmKey }>(table: InMemoryTable<T>, ranges: KeyRange[]) => {
    const pages = await Promise.all(ranges.map((range) => table.list(range, { size: 1000 })));
    return pages.flatMap(({ records }) => records.map((record) => record.vm));
  };
  const ordered = async <T extends { vm: VmKey }>(table: InMemoryTable<T>, scope: ScopeEntry[]) =>
    (await listed(table, [{}])).filter((each) => inScope(scope, each));

  test("of the records of VMs", async () => {
    await fc.assert(
      fc.asyncProperty(scope$, fleet$, async (scope, fleet) => {
        const table = new InMemoryTable(protectionTable);
        for (const each of fleet) await table.insert(protection({ vm: each }));
        const seen = await listed(table, protectionsInScope(scope));
        expect(seen).toEqual(await ordered(table, scope));
      }),
    );
  });

  test("of what each VM has a partition of", async () => {
    await fc.assert(
      fc.asyncProperty(scope$, fleet$, async (scope, fleet) => {
        const table = new InMemoryTable(operationTable);
        for (const each of fleet)
          await table.insert(operation({ vm: each, id: operationId(1, each) }));
        const seen = await listed(table, partitionsInScope(scope));
        expect(seen).toEqual(await ordered(table, scope));
      }),
    );
  });
});
