/** The alert rules, against the metrics that the app tells and the page that says what to do. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Node } from "web-tree-sitter";
import { metrics } from "../../src/lib/metrics.ts";
import { readModule } from "./bicep/module.ts";
import { literalOf, partsOf, stringOf, valueAt } from "./bicep/nodes.ts";
import { INFRA } from "./bicep/tree.ts";

const attributesOf: ReadonlyMap<string, readonly string[]> = new Map(
  Object.values(metrics).map(({ name, attributes }) => [name, attributes]),
);
/** What Azure Monitor lets a rule of this kind have, in minutes. */
const FREQUENCIES = [5, 10, 15, 30, 45, 60, 120, 180, 240, 300, 360, 1440];

const module = readModule(join(INFRA, "modules/alerts.bicep"));
const list = module.variables.find(({ name }) => name === "rules")?.value;
const rules = partsOf(list as Node).map((rule) => ({
  name: stringOf(valueAt(rule, "name")) ?? "",
  description: stringOf(valueAt(rule, "description")) ?? "",
  severity: literalOf(valueAt(rule, "severity")),
  query: stringOf(valueAt(rule, "query")) ?? "",
  aggregation: stringOf(valueAt(rule, "aggregation")) ?? "",
  dimensions: literalOf(valueAt(rule, "dimensions")) as readonly string[],
  windowMinutes: minutesOf(stringOf(valueAt(rule, "windowSize"))),
  everyMinutes: minutesOf(stringOf(valueAt(rule, "frequency"))),
}));

function minutesOf(duration = ""): number {
  const [, count = "", unit] = /^PT(\d+)([MH])$/.exec(duration) ?? [];
  return Number(count) * (unit === "H" ? 60 : 1);
}

const operate = readFileSync(new URL("../../docs/operate.md", import.meta.url), "utf8");

test("somebody is called for each thing that can go wrong", () => {
  const asked = rules.map(({ query }) => /'(restorepoints\.\w+)'/.exec(query)?.[1]);
  expect(asked.filter((name) => name !== undefined).toSorted()).toEqual(
    [...attributesOf.keys()].toSorted(),
  );
});

describe.each(rules)("$name", (rule) => {
  const { name, query, aggregation, dimensions, windowMinutes, everyMinutes } = rule;

  test("says what is wrong", () => {
    expect(rule.description).toMatch(/^[A-Z].*\.$/);
    expect([0, 1, 2, 3, 4]).toContain(rule.severity);
  });

  test("has a section that says what to do", () => {
    expect(operate).toContain(`\n### ${name}\n`);
  });

  test("asks for attributes that its metric has", () => {
    const metric = /Name == '([\w.]+)'/.exec(query)?.[1];
    const asked = [...query.matchAll(/Properties\.(\w+)/g)].map(([, attribute]) => attribute);
    const known = metric === undefined ? [] : attributesOf.get(metric);
    expect(known).toEqual(expect.arrayContaining(asked));
  });

  test("gives Azure Monitor the columns that it takes", () => {
    const columns = query.split("| project ")[1] ?? "";
    expect(columns).toMatch(/^TimeGenerated\b/);
    if (aggregation !== "Count") expect(columns).toContain("Value = ");
    for (const dimension of dimensions) expect(columns).toMatch(new RegExp(`\\b${dimension} = `));
  });

  test("looks often enough to miss nothing, and as often as it may", () => {
    expect(FREQUENCIES).toContain(everyMinutes);
    expect(FREQUENCIES).toContain(windowMinutes);
    expect(windowMinutes).toBeGreaterThanOrEqual(everyMinutes);
  });
});

test("docs/operate.md tells of no alert that there is not", () => {
  const [, alerts = ""] = /\n## Alerts\n(.*?)\n## /s.exec(operate) ?? [];
  const told = [...alerts.matchAll(/^### (.+)$/gm)].map(([, name]) => name);
  expect(told.toSorted()).toEqual(rules.map(({ name }) => name).toSorted());
});
