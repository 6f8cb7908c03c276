import { describe, expect, test } from "vitest";
import { requestBodyOf } from "../../../../local/arm/versions/request-body.ts";

const EXCLUDED = { excludeDisks: [{ id: "/disks/scratch" }] };
const CRASH = { consistencyMode: "CrashConsistent" };

describe("a restore point's body", () => {
  test.each([
    [
      "of 2021-03-01, with its properties beside its name",
      "2021-03-01",
      { name: "rp", ...EXCLUDED },
      { name: "rp", properties: EXCLUDED },
    ],
    [
      "of 2021-03-01, as later versions have it",
      "2021-03-01",
      { properties: EXCLUDED },
      { properties: EXCLUDED },
    ],
    ["of 2021-03-01 that is empty", "2021-03-01", {}, { properties: {} }],
    ["that is empty", "2026-04-01", {}, {}],
    [
      "of Azure's README, with `property`",
      "2021-07-01",
      { name: "rp", property: CRASH },
      { name: "rp", properties: CRASH },
    ],
    [
      "in another casing",
      "2024-03-01",
      { Properties: { ExcludeDisks: [{ ID: "/d" }] } },
      { properties: { excludeDisks: [{ id: "/d" }] } },
    ],
    ["that is no object", "2021-03-01", [1], [1]],
    ["that is not there", "2021-03-01", undefined, undefined],
  ])("%s", (_case, apiVersion, body, expected) => {
    expect(requestBodyOf("restorePoint", body, apiVersion)).toEqual(expected);
  });
});

test("a disk's body is taken in any casing, but for what Azure takes as it is", () => {
  const body = {
    Sku: { Name: "Premium_LRS" },
    tags: { Sku: "x" },
    properties: { CREATIONDATA: { createoption: "Empty" } },
  };
  expect(requestBodyOf("disk", body, "2020-12-01")).toEqual({
    sku: { name: "Premium_LRS" },
    tags: { Sku: "x" },
    properties: { creationData: { createOption: "Empty" } },
  });
});
