import { describe, expect, test } from "vitest";
import { azureLimits } from "../../../src/lib/policy/azure-limits.ts";
import { parsePolicy } from "../../../src/lib/policy/policy-limits.ts";
import { copyTo, daily, problemsOf } from "./refusals.ts";

describe("all problems are named at once", () => {
  test("when the policy has the right shape", () => {
    const many = {
      schedule: { every: "PT20M" },
      consistency: "ApplicationConsistent",
      onEvents: ["deallocated"],
      retention: { last: 400, daily: 365, floor: 1, maxAge: "PT10M" },
      region: "westeurope",
      copies: [copyTo("westeurope", { last: 3, floor: 5 }), copyTo("westeurope")],
      rpoTarget: "PT10M",
    };
    expect(problemsOf(many).map((problem) => problem.split(":")[0])).toEqual([
      ...["schedule", "onEvents", "retention.maxAge", "copies.0.retention.floor"],
      ...["copies.0.region", "copies.1.region", "copies.1.region", "rpoTarget"],
    ]);
  });

  test("when it has not, each with the path of its field", () => {
    const wrong = {
      name: "Gold",
      schedule: { cron: "0 0 30 2 *", timeZone: "Europe/Atlantis" },
      excludeDisks: [{ lun: 64 }, { size: 4 }],
      retention: { last: 0, forever: true },
      copies: [{ region: "West Europe", retention: { last: 1 } }],
      color: "red",
    };
    expect(problemsOf(wrong)).toEqual([
      expect.stringMatching(/^name: expected lower-case letters/),
      "schedule.cron: never comes: there is no such day in any year",
      "schedule.timeZone: expected an IANA time zone, such as Europe/Berlin or UTC",
      expect.stringMatching(/^excludeDisks\.0\.lun: .*63/),
      "excludeDisks.1: expected a `lun` from 0 to 63, or the name of a `disk`",
      expect.stringMatching(/^retention\.last: .*1/),
      "retention.forever: there is no such property",
      "copies.0.region: expected the name of an Azure region, such as westeurope",
      "color: there is no such property",
    ]);
  });

  test.each([null, "gold", 4, []])("%j is no policy", (json) => {
    expect(parsePolicy(json, azureLimits)).toEqual({
      problems: [{ field: "policy", message: expect.stringMatching(/expected object/) }],
    });
  });
});

test("a policy that can be carried out is given back with its defaults", () => {
  expect(parsePolicy(daily, azureLimits)).toEqual({
    policy: expect.objectContaining({ name: "gold", onEvents: ["tagged"], copies: [] }),
  });
});
