/** The parameter files and the linter's settings, beside the modules that they are for. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { moduleOf, readModule } from "./bicep/module.ts";
import { paramsFileOf, problemsOf } from "./bicep/params-file.ts";
import { INFRA } from "./bicep/tree.ts";

const files = readdirSync(INFRA).filter((name) => name.endsWith(".bicepparam"));

test("main.bicep has a file of parameters", () => {
  expect(files).toContain("main.bicepparam");
});

test.each(files)("%s gives its module what it wants", (name) => {
  const file = paramsFileOf(readFileSync(join(INFRA, name), "utf8"));
  const module = readModule(join(INFRA, file.using ?? ""));
  expect(problemsOf(file, module)).toEqual([]);
});

describe("what is wrong with a file of parameters is found", () => {
  const module = moduleOf("main.bicep", "param a string\nparam b object = {}");
  test.each([
    ["a parameter that there is not", "param a = 'x'\nparam c = {\n  d: 1\n}", "no parameter c"],
    ["a parameter that is missing", "param b = {}", "a is not given"],
    ["what is no Bicep", "param a = 'x'\nparam b = }", "is no Bicep: param b = }"],
  ])("%s", (_, text, message) => {
    const found = problemsOf(paramsFileOf(`using 'main.bicep'\n${text}`), module);
    expect(found.map((problem) => problem.message)).toEqual([message]);
  });
});

describe("bicepconfig.json", () => {
  /** Whose breach would let a secret, a fixed address or a dead name into a template. */
  const STRICT = [
    ...["adminusername-should-not-be-literal", "no-hardcoded-env-urls", "no-hardcoded-location"],
    ...["no-unused-existing-resources", "no-unused-params", "no-unused-vars"],
    ...["outputs-should-not-contain-secrets", "secure-secrets-in-params"],
    ...["use-safe-access", "use-secure-value-for-secure-inputs"],
  ];
  const read = () => JSON.parse(readFileSync(join(INFRA, "bicepconfig.json"), "utf8"));

  test.each(STRICT)("has %s stop a build", (rule) => {
    expect(read().analyzers.core.rules[rule]).toMatchObject({ level: "error" });
  });

  test("lets a version that has grown old be deployed all the same", () => {
    expect(read().analyzers.core.rules["use-recent-api-versions"].level).toBe("warning");
  });

  test("has the linter on", () => {
    expect(read().analyzers.core.enabled).not.toBe(false);
  });
});
