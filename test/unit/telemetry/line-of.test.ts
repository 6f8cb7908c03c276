import { describe, expect, test } from "vitest";
import { lineOf } from "../../../src/lib/telemetry.ts";

describe("a line of the log", () => {
  test.each([
    ["the event alone", {}, "vmChanged"],
    ["plain values", { vm: "sub~shop~web", looks: 3 }, "vmChanged vm=sub~shop~web looks=3"],
    ["zero", { looks: 0 }, "vmChanged looks=0"],
    ["nothing of what is not known", { code: undefined, tag: "" }, "vmChanged"],
    ["values with spaces in quotes", { reason: "not now" }, 'vmChanged reason="not now"'],
    ["values with quotes escaped", { reason: 'a "b"' }, 'vmChanged reason="a \\"b\\""'],
    ["values with = in quotes", { tag: "a;b=c" }, 'vmChanged tag="a;b=c"'],
    [
      "one line, whatever a value holds",
      { reason: "a\nvmChanged b=c" },
      'vmChanged reason="a\\nvmChanged b=c"',
    ],
  ])("has %s", (_what, fields, line) => {
    expect(lineOf("vmChanged", fields)).toBe(line);
  });
});
