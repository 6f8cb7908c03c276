import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { metrics } from "../../../src/lib/metrics.ts";
import { withMetricsTable } from "../../../tools/docs/metrics-table.ts";

const text = readFileSync(new URL("../../../docs/telemetry.md", import.meta.url), "utf8");

test("docs/telemetry.md has the metrics as they are by now: `npm run docs` writes them", () => {
  expect(withMetricsTable(text)).toBe(text);
});

test("its queries ask for metrics that there are", () => {
  const asked = [...text.matchAll(/Name == "(restorepoints\.\w+)"/g)].map(([, name]) => name);
  const known = Object.values(metrics).map(({ name }) => name);
  expect(asked.length).toBeGreaterThan(3);
  expect(known).toEqual(expect.arrayContaining(asked));
});
