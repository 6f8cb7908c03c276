import { describe, expect, test } from "vitest";
import { scheduleSchema } from "../../../src/lib/policy/schedule.ts";

const problemsOf = (schedule: unknown): string[] =>
  (scheduleSchema.safeParse(schedule).error?.issues ?? []).map(({ path, message }) =>
    `${path.join(".")}: ${message}`.replace(/^: /, ""),
  );
const FIVE_FIELDS = "cron: expected five fields: minute, hour, day of month, month, day of week";

describe("a schedule is refused, and says which field is wrong:", () => {
  test.each([
    [{}, ["expected `every` or `cron`"]],
    [{ every: "PT1H", cron: "0 * * * *" }, ["cron: cannot be combined with `every`"]],
    [{ every: "PT1H", timeZone: "UTC" }, ["timeZone: belongs to `cron`, not to `every`"]],
    [{ every: "PT1H", spread: "PT2H" }, ["spread: must not be longer than `every`"]],
    [
      { every: "PT1H", timeZone: "UTC", spread: "PT2H" },
      ["timeZone: belongs to `cron`, not to `every`", "spread: must not be longer than `every`"],
    ],
    [{ every: "PT0M" }, ["every: must be a minute or more"]],
    [
      { every: "P367D" },
      ["every: must be 366 days or less, or no restore point would ever be due"],
    ],
    [{ cron: "0 0 30 2 *" }, ["cron: never comes: there is no such day in any year"]],
    [{ cron: "0 0 31 4,6 *" }, ["cron: never comes: there is no such day in any year"]],
    [{ cron: "" }, [FIVE_FIELDS]],
    [{ cron: "@daily" }, [FIVE_FIELDS]],
    [{ cron: "0 0 * * * *" }, [FIVE_FIELDS]],
    [{ cron: "61 * * * *" }, ["cron: cannot be read: Invalid value for minute: 61"]],
    [
      { cron: "0 0 * * *", timeZone: "Europe/Atlantis" },
      ["timeZone: expected an IANA time zone, such as Europe/Berlin or UTC"],
    ],
    [
      { cron: "0 3 * * *", timeZone: "Europe/Berlin", spread: "P1D" },
      ["spread: must not be longer than the shortest time between runs, PT23H"],
    ],
    [
      { cron: "nonsense", timeZone: "nowhere", spread: "long" },
      [
        FIVE_FIELDS,
        "timeZone: expected an IANA time zone, such as Europe/Berlin or UTC",
        expect.stringMatching(/^spread: expected an ISO 8601 duration/),
      ],
    ],
  ])("%j", (schedule, problems) => {
    expect(problemsOf(schedule)).toEqual(problems);
  });

  test.each([{ every: "P1D", at: "03:00" }, { cron: 5 }, "0 0 * * *", null])("%j", (schedule) => {
    expect(problemsOf(schedule)).not.toEqual([]);
  });
});

test.each([
  { every: "P366D" },
  { every: "PT1M", spread: "PT1M" },
  { cron: "0 0 29 2 *" },
  { cron: "  0  3 * * mon-fri ", timeZone: "America/New_York", spread: "PT4H" },
])("%j is accepted", (schedule) => {
  expect(problemsOf(schedule)).toEqual([]);
});
