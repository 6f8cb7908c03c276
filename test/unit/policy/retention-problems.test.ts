import { describe, expect, test } from "vitest";
import { azureLimits } from "../../../src/lib/policy/azure-limits.ts";
import { copyTo, problemsOf } from "./refusals.ts";

describe("a policy is refused with the arithmetic when its retention cannot be kept:", () => {
  const hourly = { every: "PT1H" };
  test.each([
    [
      { retention: { last: 300, daily: 365 } },
      "retention: last 300 + daily 365 = 665 restore points; Azure holds 500 of a VM, of which 10 are left free.",
    ],
    [
      { schedule: hourly, retention: { maxAge: "P30D" } },
      "retention: One every PT1H within maxAge P30D = 720 restore points; Azure holds 500 of a VM, of which 10 are left free.",
    ],
    [
      { retention: { last: 400, daily: 365, maxAge: "P550D" } },
      "retention: last 400 + daily 365 within maxAge P550D = 550 restore points; Azure holds 500 of a VM, of which 10 are left free.",
    ],
    [
      { retention: {} },
      "retention: Without tiers and maxAge, no restore point ever goes; Azure holds 500 of a VM, of which 10 are left free.",
    ],
    [
      { retention: { last: 3, daily: 7, floor: 12 } },
      "retention.floor: 12 is more than the last 3 + daily 7 = 10 that the tiers keep.",
    ],
    [
      { retention: { last: 3, floor: 4 } },
      "retention.floor: 4 is more than the 3 that the tiers keep.",
    ],
    [
      { retention: { daily: 14, maxAge: "PT12H" } },
      "retention.maxAge: PT12H is shorter than the P1D between two restore points: only the floor of 1 would ever be left.",
    ],
    [
      { retention: { daily: 14, maxAge: "P7D", floor: 8 } },
      "retention.floor: 8 restore points, P1D apart, reach back P7D; maxAge P7D would never delete one.",
    ],
    [
      { copies: [copyTo("westeurope"), copyTo("northeurope", { last: 400, monthly: 200 })] },
      "copies.1.retention: last 400 + monthly 200 = 600 restore points; Azure holds 500 of a VM, of which 10 are left free.",
    ],
    [
      { copies: [copyTo("westeurope", { last: 3, floor: 5 })] },
      "copies.0.retention.floor: 5 is more than the 3 that the tiers keep.",
    ],
    [
      { copies: [copyTo("westeurope", { maxAge: "PT1H" })] },
      "copies.0.retention.maxAge: PT1H is shorter than the P1D between two restore points: only the floor of 1 would ever be left.",
    ],
  ])("%j", (more, problem) => {
    expect(problemsOf(more)).toEqual([problem]);
  });

  test("a floor above the limit", () => {
    const limits = { ...azureLimits, pointsPerVm: 100 };
    expect(problemsOf({ retention: { last: 90, daily: 60, floor: 120 } }, limits)).toEqual([
      "retention: last 90 + daily 60 = 150 restore points; Azure holds 100 of a VM, of which 10 are left free.",
      "retention.floor: 120 is more than the 100 that Azure holds of a VM.",
    ]);
    expect(problemsOf({ retention: { last: 90, floor: 120 } }, limits)).toEqual([
      "retention.floor: 120 is more than the 90 that the tiers keep.",
      "retention.floor: 120 is more than the 100 that Azure holds of a VM.",
    ]);
  });

  test.each([
    { retention: { last: 98, daily: 98, weekly: 98, monthly: 98, yearly: 98 } },
    { schedule: hourly, retention: { maxAge: "P20D" } },
    { retention: { daily: 14, maxAge: "P7D", floor: 7 } },
    { retention: { daily: 14, maxAge: "P1D" } },
    // Pointless, since a day has one restore point only, but it does what it says.
    { retention: { hourly: 24 } },
  ])("not so %j", (more) => {
    expect(problemsOf(more)).toEqual([]);
  });
});
