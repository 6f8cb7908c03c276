import { expect, test } from "vitest";
import { documentedErrors } from "../../../../local/arm/rules/documented-errors.ts";

test("no two documented errors look the same to a client", () => {
  const errors = Object.values(documentedErrors).map(({ code, message }) => `${code} ${message}`);
  expect(new Set(errors).size).toBe(errors.length);
});
