import { describe, expect, test } from "vitest";
import { pointRequestSchema } from "../../../src/lib/requests/point-request.ts";

describe("what may be asked for", () => {
  const problems = (wanted: object) => pointRequestSchema.safeParse(wanted).success;

  test.each([
    [{ keepFor: "PT1H" }],
    [{ keepFor: "P9999D" }],
    [{ copies: ["northeurope", "northeurope"] }],
    [{ region: "northeurope", copies: ["northeurope"] }],
    [{ legalHold: { reason: "" } }],
    [{ legalHold: { reason: "https://x?sig=abc" } }],
    [{ excludeDisks: [{ lun: 64 }] }],
    [{ other: 1 }],
  ])("is not %j", (wanted) => expect(problems(wanted)).toBe(false));

  test.each([
    [{}],
    [{ keepFor: "P1D" }],
    [{ keepFor: "P3650D" }],
    [{ region: "northeurope", copies: ["westus"] }],
  ])("is %j", (wanted) => expect(problems(wanted)).toBe(true));
});
