import { describe, expect, test } from "vitest";
import { complianceOf } from "../../../src/lib/answers/report-compliance.ts";
import type { Protection } from "../../../src/lib/fleet/protection.ts";
import { policies, policy, protection } from "../../fixtures/records.ts";

const now = new Date("2026-01-31T12:00:00.000Z");
const known = policies(policy("hourly"), policy("strict", { rpoTarget: "PT1H" }));
const of = (more: Partial<Protection>) => complianceOf(protection(more), known, now);
const good = (at: string) => ({ lastGoodPoint: { name: "s1-a1", at } });

describe("a protected VM", () => {
  test("has what it was promised while its last good restore point is young enough", () => {
    expect(of(good("2026-01-31T10:00:00.000Z"))).toMatchObject({
      compliant: true,
      age: "PT2H",
      rpoTarget: "PT2H",
    });
  });

  test("has not when it is older, and it is said by how much", () => {
    expect(of(good("2026-01-31T09:59:00.000Z"))).toMatchObject({
      compliant: false,
      reason: "The last good restore point is PT2H1M old; the target is PT2H.",
    });
  });

  test("is held to the shortest target of its policies", () => {
    const both = { policies: ["hourly", "strict"], ...good("2026-01-31T10:30:00.000Z") };
    expect(of(both)).toMatchObject({ compliant: false, rpoTarget: "PT1H" });
  });

  test("that has none yet is given the time of its target", () => {
    expect(of({ policiesSince: "2026-01-31T11:00:00.000Z" })).toMatchObject({ compliant: true });
    expect(of({ policiesSince: "2026-01-31T09:00:00.000Z" })).toMatchObject({
      compliant: false,
      reason: "There has been no good restore point for PT3H; the target is PT2H.",
    });
  });
});

test("a VM whose tag cannot be read is a breach, with the reason", () => {
  const misconfiguration = { tag: "gould", reason: "No policy is named `gould`." };
  expect(of({ misconfiguration, ...good("2026-01-31T11:59:00.000Z") })).toMatchObject({
    state: "Misconfigured",
    compliant: false,
    reason: "No policy is named `gould`.",
  });
});

test.each(["Unprotected", "OptedOut", "VmDeleted"] as const)(
  "nothing is promised to a VM that is %s",
  (status) => {
    const answer = of({ status, policies: [] });
    expect(answer).toMatchObject({ state: status, compliant: true });
    expect(answer).not.toHaveProperty("rpoTarget");
  },
);
