/** Lists whose table changes while somebody goes from page to page. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { type ListPage, listPage } from "../../../src/lib/api/page.ts";
import { protectionKey, protectionTable } from "../../../src/lib/fleet/protection.ts";
import { type VmKey, vmKeySchema } from "../../../src/lib/fleet/vm-key.ts";
import { inScope, type ScopeEntry } from "../../../src/lib/partners/scope.ts";
import { protectionsInScope } from "../../../src/lib/partners/scope-ranges.ts";
import type { KeyRange } from "../../../src/lib/state/entity-table.ts";
import { InMemoryTable } from "../../fakes/in-memory-table.ts";
import { protection } from "../../fixtures/records.ts";

const vm$ = fc
  .tuple(
    fc.constantFrom("1", "2", "3"),
    fc.constantFrom("shop", "shop2", "größe"),
    fc.constantFrom("a", "b", "c", "d", "e"),
  )
  .map((names): VmKey => vmKeySchema.parse(names.join("~")));
const change$ = fc.record({
  vm: vm$,
  kind: fc.constantFrom<"put" | "remove">("put", "remove"),
});
const scope$ = fc.array(
  fc.record(
    {
      subscriptionId: fc.constantFrom("1", "2", "3"),
      resourceGroup: fc.constantFrom("shop", "shop2"),
    },
    { requiredKeys: ["subscriptionId"] },
  ),
  { minLength: 1, maxLength: 4 },
) as fc.Arbitrary<ScopeEntry[]>;
const everything: readonly KeyRange[] = [{}];

interface Run {
  /** Of each page, in turn; the last one goes on. */
  readonly ranges: readonly (readonly KeyRange[])[];
  readonly fleet: readonly VmKey[];
  /** After each page, in turn. */
  readonly changes: readonly { readonly vm: VmKey; readonly kind: "put" | "remove" }[];
  readonly top: number;
}

/** What the pages show, and which VMs were there all the time. */
async function pageThrough({ ranges, fleet, changes, top }: Run) {
  const table = new InMemoryTable(protectionTable);
  for (const vm of fleet) await table.insert(protection({ vm }));
  const always = new Set(fleet);
  const seen: VmKey[] = [];
  let link: string | undefined = `https://app.test/api/vms?top=${top}`;
  let page = 0;
  while (link !== undefined) {
    const url: URL = new URL(link);
    const continuation = url.searchParams.get("continuation") ?? undefined;
    const now = ranges[Math.min(page, ranges.length - 1)] ?? [];
    const call = { url, query: { top, continuation } };
    const answer: ListPage<VmKey> = await listPage(table, now, call, ({ vm }) => vm);
    expect(answer.value.length).toBeLessThanOrEqual(top);
    seen.push(...answer.value);
    const change = changes[page++];
    if (change?.kind === "put") await table.upsert(protection({ vm: change.vm }));
    if (change?.kind === "remove") {
      await table.remove(protectionKey(change.vm));
      always.delete(change.vm);
    }
    link = answer.nextLink;
  }
  return { seen, always: [...always] };
}

const fleet$ = fc.uniqueArray(vm$, { maxLength: 40 });
const changes$ = fc.array(change$, { maxLength: 30 });
const top$ = fc.integer({ min: 1, max: 7 });

test("what was there all the time is shown once, and nothing is shown twice", async () => {
  await fc.assert(
    fc.asyncProperty(scope$, fleet$, changes$, top$, async (scope, fleet, changes, top) => {
      for (const ranges of [everything, protectionsInScope(scope)]) {
        const { seen, always } = await pageThrough({ ranges: [ranges], fleet, changes, top });
        const wanted = ranges === everything ? always : always.filter((vm) => inScope(scope, vm));
        expect(seen).toEqual([...new Set(seen)]);
        expect(seen).toEqual(expect.arrayContaining(wanted));
      }
    }),
  );
});

test("also while the scope changes: what was in it all the time is shown, and what never was is not", async () => {
  const scopes$ = fc.array(scope$, { minLength: 1, maxLength: 4 });
  await fc.assert(
    fc.asyncProperty(scopes$, fleet$, changes$, top$, async (scopes, fleet, changes, top) => {
      const ranges = scopes.map(protectionsInScope);
      const { seen, always } = await pageThrough({ ranges, fleet, changes, top });
      const throughout = always.filter((vm) => scopes.every((scope) => inScope(scope, vm)));
      expect(seen).toEqual([...new Set(seen)]);
      expect(seen).toEqual(expect.arrayContaining(throughout));
      expect(seen.filter((vm) => !scopes.some((scope) => inScope(scope, vm)))).toEqual([]);
    }),
  );
});
