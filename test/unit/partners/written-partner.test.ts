import { describe, expect, test } from "vitest";
import { readWrittenPartner } from "../../../src/lib/partners/written-partner.ts";
import { PARTNER_ID, writtenPartner } from "../../fixtures/partners.ts";
import { SUBSCRIPTION } from "../../fixtures/records.ts";

function fieldsOf(json: unknown, id = PARTNER_ID): string[] {
  const read = readWrittenPartner(id, json);
  return read.kind === "invalid" ? read.problems.map(({ field }) => field).sort() : [];
}

describe("a partner as it is written", () => {
  test("needs a name, a contact and a scope; the rest has its defaults", () => {
    expect(readWrittenPartner(PARTNER_ID.toUpperCase(), writtenPartner())).toEqual({
      ...{ kind: "valid", id: PARTNER_ID },
      document: {
        ...writtenPartner(),
        ...{ state: "enabled", verbs: ["read"], grants: { longest: "P1D", mostActive: 50 } },
        rateLimit: { requestsPerMinute: 600, burst: 60 },
      },
    });
  });

  test("may say all of it", () => {
    const document = writtenPartner({
      state: "disabled",
      scope: [
        { subscriptionId: SUBSCRIPTION },
        { subscriptionId: SUBSCRIPTION, resourceGroup: "Shop", vm: "Web-01" },
      ],
      verbs: ["read", "createRestorePoints", "deleteRestorePoints", "grants", "restores"],
      grants: { longest: "P60D", mostActive: 1000 },
      rateLimit: { requestsPerMinute: 6000, burst: 1000 },
    });
    const read = readWrittenPartner(PARTNER_ID, { ...document, id: PARTNER_ID.toUpperCase() });
    expect(read).toEqual({ kind: "valid", id: PARTNER_ID, document });
  });

  test("is refused with everything that is wrong at once", () => {
    const json = {
      id: "another",
      name: "",
      state: "asleep",
      scope: [
        { subscriptionId: "sub-1", vm: "web-01" },
        { subscriptionId: SUBSCRIPTION, resourceGroup: "a/b", colour: "red" },
      ],
      verbs: ["read", "write"],
      grants: { longest: "P61D", mostActive: 0 },
      rateLimit: { requestsPerMinute: 0, burst: 0, perDay: 1 },
      colour: "red",
    };
    expect(fieldsOf(json, "no-guid")).toEqual([
      ...["colour", "contact", "grants.longest", "grants.mostActive", "id", "id", "name"],
      ...["rateLimit.burst", "rateLimit.perDay", "rateLimit.requestsPerMinute"],
      ...["scope.0.resourceGroup", "scope.0.subscriptionId", "scope.1.colour"],
      ...["scope.1.resourceGroup", "state", "verbs.1"],
    ]);
  });

  test.each<[string, Record<string, unknown>, string[]]>([
    [
      "a VM without its resource group",
      { scope: [{ subscriptionId: SUBSCRIPTION, vm: "a" }] },
      ["scope.0.resourceGroup"],
    ],
    ["no scope", { scope: [] }, ["scope"]],
    ["too much scope", { scope: Array(51).fill({ subscriptionId: SUBSCRIPTION }) }, ["scope"]],
    ["a scope that is no object", { scope: [null] }, ["scope.0"]],
    ["a scope that is no list", { scope: "all" }, ["scope"]],
    ["a duration that is none", { grants: { longest: "a day" } }, ["grants.longest"]],
    ["a duration that is no text", { grants: { longest: 1 } }, ["grants.longest"]],
    ["no duration at all", { grants: { longest: "PT0M" } }, ["grants.longest"]],
    ["too many grants", { grants: { mostActive: 1001 } }, ["grants.mostActive"]],
    ["half a request", { rateLimit: { burst: 1.5 } }, ["rateLimit.burst"]],
    ["too large a burst", { rateLimit: { burst: 1001 } }, ["rateLimit.burst"]],
    [
      "too many requests",
      { rateLimit: { requestsPerMinute: 6001 } },
      ["rateLimit.requestsPerMinute"],
    ],
  ])("is refused with %s", (_what, more, fields) => {
    expect(fieldsOf(writtenPartner(more))).toEqual(fields);
  });

  test.each([[null], [[]], ["partner"]])("is refused as %j", (json) => {
    expect(fieldsOf(json)).toEqual(["partner"]);
  });
});
