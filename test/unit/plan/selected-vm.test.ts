/** What `plan-protection.ts` makes of a VM that a policy has selected, and that has no tag. */

import { describe, expect, test } from "vitest";
import type { Protection } from "../../../src/lib/fleet/protection.ts";
import { planProtection } from "../../../src/lib/plan/plan-protection.ts";
import { azureLimits } from "../../../src/lib/policy/azure-limits.ts";
import { resolveProtection } from "../../../src/lib/policy/resolve-protection.ts";
import { policies, policy, protection, virtualMachine, vmKey } from "../../fixtures/records.ts";
import { now } from "./planning.ts";

const known = policies(policy("hourly"), policy("shop", { select: { resourceGroups: ["shop"] } }));

function plan(tag: string | undefined, previous?: Protection) {
  const vm = virtualMachine({ tags: tag === undefined ? {} : { "restore-points": tag } });
  const resolution = resolveProtection(vm, "restore-points", known);
  return planProtection({
    key: vmKey(),
    vm,
    previous,
    resolution,
    policies: known,
    limits: azureLimits,
    now,
  });
}

describe("a VM that a policy selects", () => {
  test("is protected without a tag, and gets its first restore point", () => {
    const planned = plan(undefined);
    expect(planned).toMatchObject({
      status: "Protected",
      policies: ["shop"],
      generation: 1,
      openSlots: [{ slot: "t1", policies: ["shop"] }],
    });
    expect(planned).not.toHaveProperty("tag");
  });

  test("is not new again when it is planned again", () => {
    const planned = plan(undefined);
    expect(plan(undefined, planned)).toEqual(planned);
  });

  test("stays protected when its tag goes, by the policy instead of the tag", () => {
    const tagged = protection({ tag: "hourly", policies: ["hourly"] });
    const planned = plan(undefined, tagged);
    expect(planned).toMatchObject({
      status: "Protected",
      policies: ["shop"],
      policiesSince: now.toISOString(),
      generation: tagged.generation,
    });
    expect(planned).not.toHaveProperty("tag");
  });

  test("is left out by `none`", () => {
    expect(plan("none", plan(undefined))).toMatchObject({ status: "OptedOut", policies: [] });
  });
});
