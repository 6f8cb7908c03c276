import { describe, expect, test } from "vitest";
import { resolveProtection } from "../../../src/lib/policy/resolve-protection.ts";
import { policies, policy, virtualMachine } from "../../fixtures/records.ts";

const known = policies(policy("hourly"), policy("gold"));
const resolve = (tags: Record<string, string>) =>
  resolveProtection(virtualMachine({ tags }), "restore-points", known);

describe("a VM is", () => {
  test.each([
    ["no tags at all", {}],
    ["other tags only", { owner: "shop", "restore-points-old": "gold" }],
    ["an empty tag", { "restore-points": "" }],
    ["a blank tag", { "restore-points": "  " }],
  ])("unprotected with %s", (_what, tags: Record<string, string>) => {
    expect(resolve(tags)).toEqual({ kind: "unprotected" });
  });

  test.each(["restore-points", "Restore-Points", "RESTORE-POINTS"])(
    "protected by the tag %s, since tag names are case-insensitive in Azure",
    (name) => {
      expect(resolve({ [name]: "Gold,hourly;consistency=crash" })).toEqual({
        kind: "protected",
        tag: "Gold,hourly;consistency=crash",
        policies: ["gold", "hourly"],
        options: { exclude: [], consistency: "CrashConsistent" },
      });
    },
  );

  test("opted out by `none`", () => {
    expect(resolve({ "restore-points": "none" })).toEqual({ kind: "optedOut", tag: "none" });
  });

  test("misconfigured by a tag that cannot be read, with the reason", () => {
    expect(resolve({ "restore-points": "platinum" })).toEqual({
      kind: "misconfigured",
      tag: "platinum",
      reason: "No policy is named `platinum`. There are `gold`, `hourly`.",
    });
  });
});

describe("policies that select VMs themselves", () => {
  const selecting = policies(
    policy("shop", { select: { resourceGroups: ["SHOP"] } }),
    policy("europe", { select: { locations: ["westeurope"] } }),
    policy("asia", { select: { locations: ["eastasia"] } }),
    policy("gold"),
  );
  const resolveSelected = (tags: Record<string, string>) =>
    resolveProtection(virtualMachine({ tags }), "restore-points", selecting);

  test.each([
    ["without a tag", {}],
    ["with an empty one", { "restore-points": " " }],
  ])("protect all that match, %s", (_what, tags: Record<string, string>) => {
    expect(resolveSelected(tags)).toEqual({
      kind: "protected",
      policies: ["europe", "shop"],
      options: { exclude: [] },
    });
  });

  test("are beaten by `none`", () => {
    expect(resolveSelected({ "restore-points": "none" })).toEqual({
      kind: "optedOut",
      tag: "none",
    });
  });

  test("are beaten by a tag with policies", () => {
    expect(resolveSelected({ "restore-points": "gold" })).toMatchObject({
      tag: "gold",
      policies: ["gold"],
    });
  });

  test("do not help out when a tag cannot be read", () => {
    expect(resolveSelected({ "restore-points": "platinum" })).toMatchObject({
      kind: "misconfigured",
    });
  });
});
