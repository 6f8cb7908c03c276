import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { withPermissionTables } from "../../../tools/docs/permission-tables.ts";

test("docs/permissions.md tells what the app asks of ARM as it is by now: `npm run docs` writes it", () => {
  const text = readFileSync(new URL("../../../docs/permissions.md", import.meta.url), "utf8");
  expect(withPermissionTables(text)).toBe(text);
});
