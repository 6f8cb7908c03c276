import { expect, test } from "vitest";
import { urlOf } from "../../../src/lib/api/operation-location.ts";

test.each([
  ["https://app.test/api/vms/v/restore-points", "vms/{vm}/restore-points"],
  ["https://app.test/api/vms/v/restore-points/", "vms/{vm}/restore-points"],
  ["https://app.test/api/grants", "grants"],
])("asked at %s, an operation is where all operations are", (href, path) => {
  const url = new URL(`${href}?api-version=2026-11-01`);
  expect(urlOf({ url, path }, ["operations", "a~b"])).toBe(
    "https://app.test/api/operations/a~b?api-version=2026-11-01",
  );
});
