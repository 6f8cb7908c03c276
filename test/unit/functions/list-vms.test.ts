/** Which VMs are listed, to whom. */
import { describe, expect, test } from "vitest";
import { getVm } from "../../../src/functions/get-vm.ts";
import { listVms } from "../../../src/functions/list-vms.ts";
import { reportCompliance } from "../../../src/functions/report-compliance.ts";
import { reportComplianceRoute } from "../../../src/lib/api/routes/reports.ts";
import { getVmRoute, listVmsRoute } from "../../../src/lib/api/routes/vms.ts";
import { type Protection, protectionKey } from "../../../src/lib/fleet/protection.ts";
import { type VmKey, vmKeySchema } from "../../../src/lib/fleet/vm-key.ts";
import type { ScopeEntry } from "../../../src/lib/partners/scope.ts";
import type { KeyRange } from "../../../src/lib/state/entity-table.ts";
import { fixedPolicies } from "../../fakes/fixed-policies.ts";
import { memoryTables } from "../../fakes/memory-tables.ts";
import { partnerCaller } from "../../fixtures/partners.ts";
import { policies, policy, protection, SUBSCRIPTION } from "../../fixtures/records.ts";
import { asking, everyPage } from "./asking.ts";

const vm = (name: string): VmKey => vmKeySchema.parse(`${SUBSCRIPTION}~${name}`);
const shop: ScopeEntry = { subscriptionId: SUBSCRIPTION, resourceGroup: "Shop" };
const ofShop = [vm("shop~db-01"), vm("shop~web-01"), vm("shop~web-02")];

const others = [vm("sho~web-01"), vm("shop2~web-01"), vm("shopé~web-01")];

async function fleet(more: Partial<Protection>[] = []) {
  const tables = memoryTables();
  for (const each of [...ofShop, ...others])
    await tables.protections.insert(protection({ vm: each }));
  for (const each of more) await tables.protections.upsert(protection(each));
  const ranges: KeyRange[] = [];
  const list = tables.protections.list.bind(tables.protections);
  tables.protections.list = (range, page) => {
    ranges.push(range);
    return list(range, page);
  };
  const services = {
    tables,
    policies: fixedPolicies(policies(policy("hourly"), policy("daily"))),
    now: () => new Date("2026-01-31T10:00:00.000Z"),
  };
  return {
    tables,
    ranges,
    vms: asking(listVmsRoute, listVms(services)),
    compliance: asking(reportComplianceRoute, reportCompliance(services)),
    one: asking(getVmRoute, getVm(services)),
  };
}

const ids = ({ value }: { value: { id: VmKey }[] }) => value.map(({ id }) => id);

describe.each(["vms", "compliance"] as const)("a partner that lists %s", (which) => {
  test.each<[string, ScopeEntry[], VmKey[]]>([
    ["a resource group, and none that begins alike", [shop], ofShop],
    [
      "a subscription, in another casing",
      [{ subscriptionId: SUBSCRIPTION.toUpperCase() }],
      [vm("shop2~web-01"), ...ofShop, vm("shopé~web-01"), vm("sho~web-01")],
    ],
    ["one VM", [{ ...shop, vm: "WEB-01" }], [vm("shop~web-01")]],
    ["a VM that is not there", [{ ...shop, vm: "web-09" }], []],
    ["entries that overlap, once", [{ ...shop, vm: "web-01" }, shop, shop], ofShop],
    ["what is elsewhere", [{ subscriptionId: "another" }], []],
  ])("sees of its scope %s", async (_what, scope, expected) => {
    const scene = await fleet();
    expect(ids(await scene[which]({ caller: partnerCaller({ scope }) }))).toEqual(expected);
  });

  test("may ask for one subscription, and stays in its scope", async () => {
    const scene = await fleet();
    const caller = partnerCaller({ scope: [shop, { subscriptionId: "another" }] });
    const ask = async (id: string) =>
      ids(await scene[which]({ caller, query: `?subscriptionId=${id}` }));
    expect(await ask(SUBSCRIPTION.toUpperCase())).toEqual(ofShop);
    expect(await ask("another")).toEqual([]);
    expect(await ask("a-third")).toEqual([]);
  });

  test("has the same read of the table, whatever is there", async () => {
    const scope = [shop, { ...shop, resourceGroup: "bank", vm: "web-01" }];
    const full = await fleet();
    const empty = await fleet();
    for (const each of [...ofShop, ...others]) {
      await empty.tables.protections.remove(protectionKey(each));
    }
    for (const scene of [full, empty]) await scene[which]({ caller: partnerCaller({ scope }) });
    expect(full.ranges).toEqual(empty.ranges);
    expect(full.ranges).toHaveLength(2);
  });
});

describe("a link to the next page", () => {
  test("leads a partner through its whole scope, in order", async () => {
    const scene = await fleet([{ vm: vm("bank~db-01") }]);
    const scope = [shop, { ...shop, resourceGroup: "bank" }, { ...shop, resourceGroup: "none" }];
    const pages = await everyPage(scene.vms, { query: "?top=2", caller: partnerCaller({ scope }) });
    expect(pages.map((value) => ids({ value } as never))).toEqual([
      [vm("bank~db-01"), vm("shop~db-01")],
      [vm("shop~web-01"), vm("shop~web-02")],
    ]);
  });

  test.each<[string, ScopeEntry[], VmKey[]]>([
    [
      "gives what lies behind it of a scope that is another by now",
      [{ ...shop, resourceGroup: "sho" }],
      [vm("sho~web-01")],
    ],
    ["of an operator gives a partner its scope", [shop], ofShop.slice(1)],
    [
      "gives what is left of a scope that is less by now",
      [{ ...shop, vm: "web-02" }],
      [vm("shop~web-02")],
    ],
    ["gives nothing of a scope that lies before it", [{ ...shop, resourceGroup: "shop2" }], []],
  ])("%s", async (_what, scope, expected) => {
    const scene = await fleet();
    const { nextLink } = await scene.vms({ query: "?top=2" });
    const asked = { query: new URL(nextLink).search.replace("top=2", "top=50") };
    expect(ids(await scene.vms({ ...asked, caller: partnerCaller({ scope }) }))).toEqual(expected);
  });
});

describe("the VMs that are listed", () => {
  const odd = {
    vm: vm("shop~odd"),
    location: "NorthEurope",
    policies: ["daily", "hourly"],
    misconfiguration: { tag: "x", reason: "No." },
  };

  test.each([
    ["state=Misconfigured", [odd.vm]],
    ["policy=daily", [odd.vm]],
    ["location=northEurope", [odd.vm]],
    ["state=OptedOut", []],
    ["policy=hourly&location=westeurope", ofShop],
  ])("can be those with %s alone", async (query, expected) => {
    const scene = await fleet([odd]);
    const caller = partnerCaller({ scope: [shop] });
    expect(ids(await scene.vms({ query: `?${query}`, caller }))).toEqual(expected);
  });

  test("can be those of a policy in the report, too", async () => {
    const scene = await fleet([odd]);
    expect(ids(await scene.compliance({ query: "?policy=daily" }))).toEqual([odd.vm]);
  });

  test.each(["state=Odd", "policy=%20", "location=West%20Europe"])(
    "cannot be those with %s",
    async (query) => {
      const scene = await fleet();
      const target = query.slice(0, query.indexOf("="));
      await expect(scene.vms({ query: `?${query}` })).rejects.toMatchObject({
        status: 400,
        target,
      });
    },
  );
});

describe("one VM", () => {
  test("is told as in the list, with its newest good restore point", async () => {
    const lastGoodPoint = { name: "s1-a1", at: "2026-01-31T09:00:00.000Z" };
    const scene = await fleet([{ vm: vm("shop~web-01"), lastGoodPoint }]);
    const found = await scene.one({ params: { vm: vm("shop~web-01").toUpperCase() } });
    expect(found).toMatchObject({ id: vm("shop~web-01"), lastGoodPoint });
    const { value } = await scene.vms({ query: "?top=200" });
    expect(value).toContainEqual(found);
  });

  test("is not found when it is not there", async () => {
    const scene = await fleet();
    const asked = scene.one({ params: { vm: vm("shop~web-09") } });
    await expect(asked).rejects.toMatchObject({ status: 404, code: "NotFound" });
  });
});
