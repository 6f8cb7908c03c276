import { describe, expect, test } from "vitest";
import { officialExamples } from "../../integration/arm/official/example.ts";
import { validateExchange } from "../../swagger/official.ts";
import { hasOfficialFiles, officially } from "../../swagger/official-files.ts";
import { mutantsOf } from "./mutants.ts";

const POINT =
  "/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/rg/providers/Microsoft.Compute/restorePointCollections/rpc/restorePoints/rp";

const answered = (properties: object, version = "2026-04-01", path = POINT) =>
  validateExchange({
    request: { method: "GET", url: `https://localhost:1${path}?api-version=${version}` },
    response: { status: 200, headers: {}, body: { id: path, name: "rp", properties } },
  });

describe.skipIf(!hasOfficialFiles)(officially("Microsoft's own descriptions"), () => {
  test("take a restore point, in any casing of its path", () => {
    const properties = { provisioningState: "Creating", timeCreated: "2026-11-01T10:00:00Z" };
    expect(answered(properties)).toEqual([]);
    expect(answered(properties, "2026-04-01", POINT.toUpperCase())).toEqual([]);
  });

  test.each([
    ["an unknown property", { colour: "red" }, "The swagger does not have /properties/colour."],
    ["a wrong instant", { timeCreated: 5 }, "/properties/timeCreated must be string."],
    [
      "an unknown property of a disk",
      { sourceMetadata: { storageProfile: { dataDisks: [{ size: 8 }] } } },
      "The swagger does not have /properties/sourceMetadata/storageProfile/dataDisks/0/size.",
    ],
  ])("refuse %s", (_, properties, complaint) => {
    expect(answered(properties)).toEqual([complaint]);
  });

  test("know what came with an api-version", () => {
    const properties = { instantAccessDurationMinutes: 60 };
    expect(answered(properties, "2026-04-01")).toEqual([]);
    expect(answered(properties, "2025-04-01")).toEqual([]);
    expect(answered(properties, "2024-07-01")).toEqual([
      "The swagger does not have /properties/instantAccessDurationMinutes.",
    ]);
  });

  test("take the answers of Microsoft's own examples, and none that is wrong anywhere", () => {
    for (const { title, method, path, body: asked, answers } of officialExamples()) {
      const request = { method, url: `https://localhost:1${path}`, body: asked };
      // The older examples leave the headers out.
      const headers = { Location: "/operation" };
      for (const answer of answers) {
        expect(validateExchange({ request, response: { ...answer, headers } })).toEqual([]);
        for (const { flaw, body } of answer.body === undefined ? [] : mutantsOf(answer.body)) {
          const wrong = { request, response: { ...answer, headers, body } };
          expect(validateExchange(wrong), `${title}: ${flaw}`).not.toEqual([]);
        }
      }
    }
  });

  test("take no body where an example has none", () => {
    const bare = officialExamples().flatMap(({ answers, ...example }) =>
      answers
        .filter(({ body }) => body === undefined)
        .map(({ status }) => ({ ...example, status })),
    );
    expect(bare).not.toHaveLength(0);
    for (const { method, path, body: asked, status } of bare) {
      const request = { method, url: `https://localhost:1${path}`, body: asked };
      const response = { status, headers: { Location: "/operation" }, body: { id: "/a" } };
      const [complaint] = validateExchange({ request, response });
      expect(complaint).toContain("The answer should have no body.");
    }
  });

  test.each(["operations", "DiskOperations"])("know status documents: %s", (kind) => {
    const path = `/subscriptions/1/providers/Microsoft.Compute/locations/westeurope/${kind}/2`;
    const of = (body: object) =>
      validateExchange({
        request: { method: "GET", url: `https://localhost:1${path}?api-version=2026-04-01` },
        response: { status: 200, headers: {}, body },
      });
    const begun = { name: "2", status: "InProgress", startTime: "2026-11-01T10:00:00Z" };
    expect(of(begun)).toEqual([]);
    expect(of({ ...begun, properties: { output: { accessSAS: "https://…" } } })).toEqual([]);
    expect(of({ ...begun, error: { code: "A", message: "B." } })).toEqual([]);
    expect(of({ ...begun, properties: { output: { sas: "https://…" } } })).toHaveLength(1);
    expect(of({ ...begun, colour: "red" })).toHaveLength(1);
    expect(of({ name: "2" })).toHaveLength(1);
  });

  test("take no restore point that is created at once", () => {
    const exchange = {
      request: {
        method: "PUT",
        url: `https://localhost:1${POINT}?api-version=2026-04-01`,
        body: {},
      },
      response: { status: 201, headers: {}, body: {} },
    };
    expect(validateExchange(exchange)).toEqual([
      "The answer has neither Azure-AsyncOperation nor Location.",
    ]);
    const ok = { ...exchange, response: { ...exchange.response, status: 200 } };
    expect(validateExchange(ok)).toEqual(["The swagger has no answer with status 200."]);
  });
});
