import { describe, expect, test } from "vitest";
import { createLog, describeError } from "../../../local/functions-host/logs/log.ts";
import { isWritten, type LogLevel } from "../../../local/functions-host/logs/log-level.ts";

const LEVELS = new Map<string, LogLevel>([
  ["default", "warning"],
  ["function", "information"],
  ["function.noisy", "error"],
  ["function.noisy.user", "none"],
]);

describe("the longest matching category decides what is written", () => {
  test.each<[string, LogLevel, boolean]>([
    ["Host.Results", "information", false],
    ["Host.Results", "warning", true],
    ["Function.PlanVm.User", "information", true],
    ["Function.PlanVm.User", "debug", false],
    ["Function.Noisy", "warning", false],
    ["Function.Noisy", "error", true],
    ["Function.Noisy.User", "critical", false],
    ["Functions", "information", false],
  ])("%s at %s: %s", (category, level, expected) => {
    expect(isWritten(LEVELS, category, level)).toBe(expected);
  });

  test("information is written where host.json says nothing", () => {
    expect(isWritten(new Map(), "Function.PlanVm", "information")).toBe(true);
    expect(isWritten(new Map(), "Function.PlanVm", "debug")).toBe(false);
  });
});

test("an entry is one line, and URLs lose their query strings", () => {
  const lines: string[] = [];
  const log = createLog(new Map(), (line) => lines.push(line));
  log("error", "Function.X", "first\n  second https://acct.blob/x?sv=1&sig=secret end");
  expect(lines).toHaveLength(1);
  expect(lines[0]).toContain("Function.X: first | second https://acct.blob/x?… end");
});

test("an error tells its place and its cause", () => {
  const error = new Error("outer", { cause: new TypeError("inner") });
  expect(describeError(error)).toMatch(/^Error: outer \(at .*\) Caused by TypeError: inner \(at /);
  expect(describeError("plain")).toBe("plain");
});
