import { describe, expect, test } from "vitest";
import { azureLimits } from "../../../src/lib/policy/azure-limits.ts";
import { policyProblems } from "../../../src/lib/policy/policy-limits.ts";
import { shippedPolicies } from "../../fakes/fixed-policies.ts";
import { copyTo, problemsOf } from "./refusals.ts";

describe("a policy is refused with the arithmetic when restore points would be made too often:", () => {
  const application = "ApplicationConsistent";
  const either = "ApplicationThenCrashConsistent";
  test.each([
    [
      { schedule: { every: "PT30M" }, retention: { last: 24 } },
      "schedule: every PT30M is 2 restore points an hour; Azure allows a crash-consistent one every PT1H.",
    ],
    [
      { schedule: { every: "PT59M" }, retention: { last: 24 } },
      "schedule: every PT59M is 24.41 restore points a day; Azure allows a crash-consistent one every PT1H.",
    ],
    [
      { schedule: { every: "PT1H" }, consistency: application },
      "schedule: every PT1H is 24 restore points a day; Azure allows an application-consistent one every PT3H.",
    ],
    [
      { schedule: { every: "PT2H" }, consistency: either },
      "schedule: every PT2H is 12 restore points a day; Azure allows an application-consistent one every PT3H.",
    ],
    [
      { schedule: { cron: "*/30 * * * *" } },
      "schedule: `*/30 * * * *` makes two restore points PT30M apart; Azure allows a crash-consistent one every PT1H.",
    ],
    [
      { schedule: { cron: "0 */3 * * *", timeZone: "Europe/Berlin" }, consistency: application },
      "schedule: `0 */3 * * *` makes two restore points PT2H apart when the clocks change in Europe/Berlin; Azure allows an application-consistent one every PT3H.",
    ],
  ])("%j", (more, problem) => {
    expect(problemsOf(more)).toEqual([problem]);
  });

  test.each([
    { schedule: { every: "PT1H" } },
    { schedule: { every: "PT3H" }, consistency: application },
    { schedule: { every: "PT3H" }, consistency: either },
    { schedule: { cron: "0 * * * *", timeZone: "Europe/Berlin" } },
    { schedule: { cron: "0 */3 * * *" }, consistency: application },
  ])("not so %j", (more) => {
    expect(problemsOf(more)).toEqual([]);
  });
});

describe("a policy is refused when its copies cannot be made:", () => {
  test("two to one region", () => {
    const copies = [copyTo("westeurope"), copyTo("northeurope"), copyTo("westeurope")];
    expect(problemsOf({ copies })).toEqual([
      "copies.2.region: westeurope is the region of copies.0 already; Azure makes one copy of a restore point in a region.",
    ]);
  });

  test("one to the region where the restore points are", () => {
    expect(problemsOf({ region: "westeurope", copies: [copyTo("westeurope")] })).toEqual([
      "copies.0.region: westeurope is the policy's own `region`; Azure makes no copy within a region.",
    ]);
  });

  test("more an hour than Azure takes, unless the region keeps only some of them", () => {
    const limits = { ...azureLimits, shortestCrashConsistent: 15 * 60_000 };
    const often = { schedule: { every: "PT15M" }, retention: { last: 24 } };
    const copies = [copyTo("westeurope", { last: 24 }), copyTo("northeurope", { hourly: 24 })];
    expect(problemsOf({ ...often, copies }, limits)).toEqual([
      "copies.0: One every PT15M is 4 copies an hour to westeurope; Azure allows 3.",
    ]);
    expect(problemsOf({ ...often, region: "norwayeast" }, limits)).toEqual([
      "region: One every PT15M is 4 copies an hour to norwayeast; Azure allows 3.",
    ]);
  });
});

describe("a policy is refused when it contradicts itself:", () => {
  test.each([
    [
      { rpoTarget: "PT12H" },
      "rpoTarget: PT12H is shorter than the P1D between two restore points of the schedule.",
    ],
    [
      { schedule: { cron: "0 20 * * MON-FRI" }, rpoTarget: "P2D" },
      "rpoTarget: P2D is shorter than the P3D between two restore points of the schedule.",
    ],
    [
      { schedule: { cron: "0 3 * * *", timeZone: "Europe/Berlin" }, rpoTarget: "P1D" },
      "rpoTarget: P1D is shorter than the P1DT1H between two restore points of the schedule when the clocks change in Europe/Berlin.",
    ],
    [
      { consistency: "ApplicationConsistent", onEvents: ["started", "deallocated"] },
      "onEvents: a deallocated VM has no running agent, so it cannot have an application-consistent restore point; with `ApplicationThenCrashConsistent` it gets a crash-consistent one.",
    ],
  ])("%j", (more, problem) => {
    expect(problemsOf(more)).toEqual([problem]);
  });

  test.each([
    { rpoTarget: "P1D" },
    { consistency: "ApplicationThenCrashConsistent", onEvents: ["deallocated"] },
    { consistency: "CrashConsistent", onEvents: ["deallocated"] },
    { whenUntagged: { outcome: "delete", after: "PT0M" } },
    { region: "westeurope", select: { locations: ["westeurope"] } },
  ])("not so %j", (more) => {
    expect(problemsOf(more)).toEqual([]);
  });
});

test("the policies that ship can be carried out", () => {
  const problems = [...shippedPolicies.values()].flatMap((each) =>
    policyProblems(each, azureLimits),
  );
  expect(problems).toEqual([]);
});
