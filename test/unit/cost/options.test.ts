import { expect, test } from "vitest";
import { readOptions, usualFleet } from "../../../tools/cost/options.ts";

test("says what fleet it is, and what is left out is as in docs/scale.md", () => {
  const { fleet } = readOptions(["--vms", "5000", "--disks", "3", "--copies", "1"]);
  expect(fleet).toEqual({
    ...usualFleet,
    vms: 5000,
    subscriptions: undefined,
    disks: 3,
    copies: 1,
  });
});

test("a policy is one of those that are deployed with the app", () => {
  const { fleet } = readOptions(["--policy", "daily"]);
  expect(fleet).toMatchObject({ everyHours: 24, createSeconds: 180, retention: { daily: 14 } });
  expect(() => readOptions(["--policy", "weekly"])).toThrow(/weekly\.json/);
});

test("a number goes before the policy's own", () => {
  const { fleet } = readOptions(["--every-hours", "6", "--policy", "gold"]);
  expect(fleet.everyHours).toBe(6);
});

test.each([
  [["--vms", "many"], /--vms: many is no number/],
  [["--vms", "-1"], /vms/],
  [["--machines", "1"], /--machines/],
])("refuses %s", (args, message) => {
  expect(() => readOptions(args)).toThrow(message);
});

test("one's own prices take the place of the list's", () => {
  expect(readOptions(["--prices", "mine.json"]).prices).toBe("mine.json");
});
