import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { withScaleTables } from "../../../tools/docs/scale-tables.ts";

const text = readFileSync(new URL("../../../docs/scale.md", import.meta.url), "utf8");

test("docs/scale.md tells what was measured, reckoned as it is by now: `npm run docs` writes it", () => {
  expect(withScaleTables(text)).toBe(text);
});

test("a table that has no place in it is named", () => {
  const without = text.replace("<!-- capacity: written by `npm run docs` -->", "");
  expect(() => withScaleTables(without)).toThrow(/capacity/);
});
