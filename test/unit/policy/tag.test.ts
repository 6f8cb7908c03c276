import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readTag } from "../../../src/lib/policy/tag.ts";

const known = new Set(["hourly", "daily", "gold"]);
const read = (value: string) => readTag(value, known);
const protectedBy = (policies: string[], options: object = { exclude: [] }) => ({
  kind: "policies",
  policies,
  options,
});

describe("a tag that can be read", () => {
  test.each([
    ["gold", ["gold"]],
    ["hourly,daily", ["hourly", "daily"]],
    ["  Hourly , DAILY  ", ["hourly", "daily"]],
    ["hourly,hourly", ["hourly"]],
  ])("%j names its policies once each, in any casing", (value, policies) => {
    expect(read(value)).toEqual(protectedBy(policies));
  });

  test.each([
    ["gold;exclude=lun:1", { exclude: [{ lun: 1 }] }],
    ["gold;exclude=lun:0|disk:Scratch", { exclude: [{ lun: 0 }, { disk: "Scratch" }] }],
    ["gold; exclude = disk:a=b ", { exclude: [{ disk: "a=b" }] }],
    ["gold;consistency=crash", { exclude: [], consistency: "CrashConsistent" }],
    ["gold;CONSISTENCY=Application", { exclude: [], consistency: "ApplicationConsistent" }],
    [
      "gold;consistency=crash;exclude=lun:63",
      { exclude: [{ lun: 63 }], consistency: "CrashConsistent" },
    ],
  ])("%j carries options for this VM", (value, options) => {
    expect(read(value)).toEqual(protectedBy(["gold"], options));
  });

  test.each(["none", "None", "  NONE "])("%j opts the VM out", (value) => {
    expect(read(value)).toEqual({ kind: "optOut" });
  });
});

describe("a tag that cannot be read says why", () => {
  test.each([
    ["platinum", "No policy is named `platinum`. There are `daily`, `gold`, `hourly`."],
    ["gold,silver,bronze", /`silver`, `bronze`/],
    ["gold,", "A policy name is missing."],
    [";consistency=crash", "A policy name is missing."],
    ["none,gold", "`none` cannot be combined with policies."],
    ["none;consistency=crash", "`none` takes no options."],
    ["gold;retain=3", /There is no option `retain`/],
    ["gold;consistency", /crash or application, not ``/],
    ["gold;consistency=strong", /crash or application, not `strong`/],
    ["gold;exclude=lun:64", /not `lun:64`/],
    ["gold;exclude=lun:-1", /not `lun:-1`/],
    ["gold;exclude=lun:1|", /not ``/],
    ["gold;exclude=disk:", /not `disk:`/],
    [`gold;exclude=disk:${"d".repeat(81)}`, /exclude/],
    ["gold;exclude=lun:1;exclude=lun:2", "Option `exclude` is given twice."],
  ])("%j", (value, reason) => {
    const reading = read(value);
    expect(reading.kind).toBe("unreadable");
    expect(reading).toHaveProperty("reason", expect.stringMatching(reason));
  });

  test("when an option is given twice in two casings", () => {
    expect(read("gold;consistency=crash;Consistency=application")).toHaveProperty(
      "reason",
      "Option `consistency` is given twice.",
    );
  });

  test.each(["constructor", "__proto__"])(
    "when the consistency is %j, which every object knows",
    (value) => {
      expect(read(`gold;consistency=${value}`).kind).toBe("unreadable");
    },
  );
});

describe("whatever a tag holds", () => {
  const word = fc.constantFrom(
    ...["hourly", "gold", "none", "exclude", "consistency", "crash", "lun:1", "disk:a"],
    ...[",", ";", "=", "|", ":", " ", "constructor", "__proto__"],
  );
  const nearlyTag = fc
    .array(fc.oneof(word, fc.string({ maxLength: 3 })))
    .map((all) => all.join(""));

  test("reading never throws, and names only policies that exist", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), nearlyTag), (value) => {
        const reading = read(value);
        if (reading.kind !== "policies") return;
        expect(reading.policies.length).toBeGreaterThan(0);
        expect(reading.policies.filter((name) => !known.has(name))).toEqual([]);
        const { consistency } = reading.options;
        expect([undefined, "CrashConsistent", "ApplicationConsistent"]).toContain(consistency);
      }),
    );
  });

  test("the policies that a list names are the ones that are read", () => {
    const names = fc.uniqueArray(fc.constantFrom(...known), { minLength: 1 });
    fc.assert(
      fc.property(names, (list) => {
        expect(read(list.join(" , "))).toEqual(protectedBy(list));
      }),
    );
  });
});
