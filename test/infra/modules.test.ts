/** Every Bicep module, looked at without its compiler. */
import { relative } from "node:path";
import { describe, expect, test } from "vitest";
import { checks } from "./bicep/checks/all.ts";
import { INFRA, readTree } from "./bicep/tree.ts";

const tree = readTree(INFRA);
const modules = tree.modules.map((module) => ({ path: relative(INFRA, module.path), module }));

test("there are modules to look at", () => {
  expect(modules.length).toBeGreaterThan(5);
});

describe.each(modules)("$path", ({ module }) => {
  test.each(Object.entries(checks))("%s", (_, check) => {
    expect(check(module, tree)).toEqual([]);
  });
});
