import { createHttpHeaders } from "@azure/core-rest-pipeline";
import { describe, expect, test } from "vitest";
import { failureIn, problemOf } from "../../../src/lib/azure/arm-failure.ts";

describe("a message of ARM that holds a secret", () => {
  const secret = "See https://disk.test/a?sv=1&sig=abcdef%2B";

  test("is withheld from the answer to a request", () => {
    const bodyAsText = JSON.stringify({ error: { code: "Odd", message: secret } });
    const failure = failureIn({ status: 400, headers: createHttpHeaders(), bodyAsText });
    expect(failure.error.code).toBe("Odd");
    expect(JSON.stringify(failure)).not.toContain("sig=");
  });

  test("is withheld from a failed operation", () => {
    const problem = problemOf({ error: { code: "Odd", message: secret } });
    expect(problem).toMatchObject({ code: "Odd", message: expect.stringContaining("Withheld") });
  });
});
