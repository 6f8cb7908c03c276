import { describe, expect, test } from "vitest";
import { expectDocumented } from "../../swagger/expect-documented.ts";
import { hasOfficialFiles, officially } from "../../swagger/official-files.ts";

const SUBSCRIPTION = "/subscriptions/11111111-2222-3333-4444-555555555555";

const answered = (path: string, body: unknown, version = "2026-04-01") => ({
  request: {
    method: "GET",
    url: `https://localhost:1${SUBSCRIPTION}${path}?api-version=${version}`,
  },
  response: { status: 200, headers: {}, body },
});

const COLLECTIONS = "/providers/Microsoft.Compute/restorePointCollections";
const wrong = answered(COLLECTIONS, { value: [{ colour: "red" }] });

describe.skipIf(!hasOfficialFiles)(officially("the traffic of a test"), () => {
  test("fails when an answer is not as described", () => {
    expect(() => expectDocumented([answered(COLLECTIONS, { value: [] }), wrong])).toThrow(/colour/);
  });

  test("may have any answer of a fault", () => {
    expectDocumented([{ ...wrong, isFault: true }]);
  });

  test.each([
    ["resource groups", "/resourceGroups/web-rg", "2021-04-01"],
    ["tags", "/resourceGroups/web-rg/providers/Microsoft.Resources/tags/default", "2021-04-01"],
    [
      "network interfaces",
      "/resourceGroups/web-rg/providers/Microsoft.Network/networkInterfaces/a",
      "2024-05-01",
    ],
    [
      "ends of operations",
      "/providers/Microsoft.Compute/locations/westeurope/DiskOperations/1",
      "2026-03-02&monitor=true",
    ],
  ])("may have %s, which the files do not describe", (_, path, version) => {
    expectDocumented([answered(path, { anything: "goes" }, version)]);
  });
});
