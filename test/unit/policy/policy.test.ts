import { describe, expect, test } from "vitest";
import { policySchema, strongestConsistency } from "../../../src/lib/policy/policy.ts";
import { shortestGapOf } from "../../../src/lib/policy/schedule.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const gold = {
  name: "gold",
  description: "For the ones that matter.",
  schedule: { every: "PT4H" },
  onEvents: ["tagged"],
  consistency: "ApplicationConsistent",
  excludeDisks: [{ lun: 1 }, { disk: "scratch" }],
  retention: { last: 24 },
};

const problemsOf = (policy: unknown): string[] =>
  (policySchema.safeParse(policy).error?.issues ?? []).map(
    ({ path, message }) => `${path.join(".")}: ${message}`,
  );

const intervalOf = (every: string) =>
  shortestGapOf(policySchema.parse({ ...gold, schedule: { every, spread: "PT1M" } }).schedule);

describe("a policy", () => {
  test("is accepted, and its VMs are spread over an hour unless it says otherwise", () => {
    expect(policySchema.parse(gold)).toEqual({
      ...gold,
      schedule: { every: 4 * HOUR, spread: HOUR },
      retention: { last: 24, floor: 1, timeZone: "UTC" },
      copies: [],
      whenUntagged: { outcome: "keep" },
      whenVmDeleted: { outcome: "keep" },
      grants: { allowed: true, longest: 7 * 24 * HOUR, whenDeleted: "wait" },
    });
  });

  test.each(["Gold", "1st", "none", "with space", "", "a".repeat(41)])(
    "cannot be named %j",
    (name) => {
      expect(problemsOf({ ...gold, name })).toEqual([
        expect.stringMatching(/^name: expected lower-case/),
      ]);
    },
  );

  test.each(["nonesuch", "a", "a-1", "a".repeat(40)])("can be named %j", (name) => {
    expect(problemsOf({ ...gold, name })).toEqual([]);
  });

  test.each([
    ["an unknown property", { retention: 7 }],
    ["an unknown event", { onEvents: ["moved"] }],
    ["an unknown consistency", { consistency: "Strong" }],
    ["a lun that Azure does not have", { excludeDisks: [{ lun: 64 }] }],
    ["a disk without a name", { excludeDisks: [{ disk: "" }] }],
    ["a spread longer than the interval", { schedule: { every: "PT1H", spread: "PT61M" } }],
    ["an interval below a minute", { schedule: { every: "PT0M", spread: "PT0M" } }],
    ["a schedule with an unknown property", { schedule: { every: "P1D", cron: "0 0 * * *" } }],
  ])("is refused with %s", (_what, wrong) => {
    expect(problemsOf({ ...gold, ...wrong })).not.toEqual([]);
  });

  test("says which part of the schedule is wrong", () => {
    expect(problemsOf({ ...gold, schedule: { every: "PT1H", spread: "PT2H" } })).toEqual([
      "schedule.spread: must not be longer than `every`",
    ]);
  });
});

describe("a duration", () => {
  test.each([
    ["PT1M", MINUTE],
    ["PT90M", 90 * MINUTE],
    ["PT1H30M", 90 * MINUTE],
    ["PT4H", 4 * HOUR],
    ["P1D", DAY],
    ["P1DT12H", 36 * HOUR],
    ["P1DT1H1M", DAY + HOUR + MINUTE],
    ["P2W", 14 * DAY],
  ])("%s is %i ms", (text, milliseconds) => {
    expect(intervalOf(text)).toBe(milliseconds);
  });

  test.each(["", "P", "PT", "P1DT", "1H", "PT1S", "P1M", "P1Y", "P1W1D", "PT1H ", "pt1h", "PT-1H"])(
    "%j is not one",
    (every) => {
      expect(problemsOf({ ...gold, schedule: { every, spread: "PT1M" } })).toContainEqual(
        expect.stringMatching(/^schedule\.every: expected an ISO 8601 duration/),
      );
    },
  );
});

describe("the strongest consistency", () => {
  const crash = "CrashConsistent";
  const application = "ApplicationConsistent";
  const either = "ApplicationThenCrashConsistent";
  test.each([
    [[crash], crash],
    [[crash, either], either],
    [[either, application, crash], application],
    [[], crash],
  ] as const)("of %j is %s", (asked, strongest) => {
    expect(strongestConsistency(asked)).toBe(strongest);
  });
});
