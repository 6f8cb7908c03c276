import { describe, expect, test } from "vitest";
import { forecastPolicy, matchOf } from "../../../src/lib/answers/preview-policy.ts";
import { azureLimits } from "../../../src/lib/policy/azure-limits.ts";
import { policies, policy, virtualMachine, vmKey } from "../../fixtures/records.ts";

const now = new Date("2026-03-01T00:00:00.000Z");
const gold = policy("gold", { retention: { last: 5, daily: 3 } });
const known = policies(policy("hourly"));
const match = (tags: Record<string, string>, candidate = gold) =>
  matchOf(candidate, virtualMachine({ tags }), "restore-points", known);

describe("a VM", () => {
  test.each<[string, Record<string, string>, boolean, string]>([
    ["whose tag names it matches", { "restore-points": "gold" }, true, "Its tag is `gold`."],
    ["whose tag names others does not", { "restore-points": "hourly" }, false, "names others"],
    ["without a tag does not", { owner: "shop" }, false, "selects nothing by itself"],
    ["that is left out does not", { "restore-points": "none" }, false, "leaves it out"],
    [
      "whose tag cannot be read does not",
      { "restore-points": "gould" },
      false,
      "No policy is named",
    ],
  ])("%s, and it is said why", (_what, tags, matched, reason) => {
    const answer = match(tags);
    expect(answer.matched).toBe(matched);
    expect(answer.reason).toContain(reason);
  });

  test("that the policy selects by itself matches without a tag, and is told apart from others", () => {
    const selecting = policy("gold", { select: { tags: { owner: ["shop"] } } });
    expect(match({ owner: "shop" }, selecting)).toMatchObject({ matched: true });
    expect(match({ owner: "other" }, selecting)).toMatchObject({
      matched: false,
      reason: expect.stringContaining("selection does not match"),
    });
  });
});

describe("the time ahead", () => {
  const foretell = (days: number, written = gold) =>
    forecastPolicy(written, { vm: vmKey(), location: "westeurope" }, azureLimits, now, days);

  test("has so many restore points made, deleted and left", () => {
    const [own] = foretell(7).perVm;
    expect(own?.made).toBe(7 * 24);
    expect(own?.left).toBe((own?.made ?? 0) - (own?.deleted ?? 0));
    expect(own?.left).toBeLessThanOrEqual(8);
    expect(own?.most).toBeLessThanOrEqual(9);
  });

  test("says when the first are deleted, and why", () => {
    const { firstDeletions } = foretell(2);
    expect(firstDeletions).toHaveLength(10);
    expect(firstDeletions[0]?.reason).toBe(
      "gold keeps the newest 5, 3 daily, and this is none of them.",
    );
  });

  test("has each other region beside the VM's own", () => {
    const copies = [{ region: "northeurope", retention: { daily: 2 } }];
    const { perVm } = foretell(5, policy("gold", { copies }));
    expect(perVm.map(({ region }) => region)).toEqual(["westeurope", "northeurope"]);
  });

  test("shows the arithmetic against Azure's limits", () => {
    expect(foretell(1).arithmetic).toEqual([
      "One restore point every PT1H at the most often.",
      "The retention holds at most 8 of the 500 that Azure allows a VM.",
    ]);
  });
});
