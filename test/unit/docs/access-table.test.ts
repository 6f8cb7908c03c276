import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { withAccessTable } from "../../../tools/docs/access-table.ts";

test("docs/api.md tells who may use which route as it is by now: `npm run docs` writes it", () => {
  const text = readFileSync(new URL("../../../docs/api.md", import.meta.url), "utf8");
  expect(withAccessTable(text)).toBe(text);
});
