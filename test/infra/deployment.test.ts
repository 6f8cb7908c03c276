/** What somebody who deploys reads and runs. */
import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { valueAt } from "./bicep/nodes.ts";
import { paramsFileOf } from "./bicep/params-file.ts";
import { template } from "./template.ts";

const root = new URL("../../", import.meta.url);
const read = (path: string) => readFileSync(new URL(path, root), "utf8");
const main = template("main.bicep");

describe("azure.yaml", () => {
  const azureYaml = read("azure.yaml");
  const setting = (name: string) => new RegExp(`^ +${name}: (.+)$`, "m").exec(azureYaml)?.[1];

  test("deploys main.bicep", () => {
    expect(existsSync(new URL(`${setting("path")}/${setting("module")}.bicep`, root))).toBe(true);
  });

  test("runs scripts that there are", () => {
    const { scripts } = JSON.parse(read("package.json"));
    const run = [...azureYaml.matchAll(/npm run ([\w:-]+)/g)].map(([, name]) => name);
    expect(run.length).toBeGreaterThan(0);
    expect(Object.keys(scripts)).toEqual(expect.arrayContaining(run));
  });

  test("finds the Function App by its tag", () => {
    const [, service] = /^services:\n {2}(\w+):/m.exec(azureYaml) ?? [];
    const app = template("modules/host.bicep").resources.find(
      ({ type }) => type === "Microsoft.Web/sites",
    );
    expect(valueAt(app?.object, "tags")?.text).toContain(`'azd-service-name': '${service}'`);
  });
});

describe("infra/bicep/README.md", () => {
  const file = paramsFileOf(read("infra/bicep/main.bicepparam"));
  const rows = [...read("infra/bicep/README.md").matchAll(/^\| `(\w+)` \| `([A-Z_]+)` \|/gm)];
  const variables = new Map(rows.map(([, param = "", variable]) => [param, variable]));

  test.each(main.params)("tells where $name comes from", ({ name }) => {
    const value = file.params.get(name)?.text ?? "";
    expect(value).toContain(`readEnvironmentVariable('${variables.get(name)}'`);
  });

  test("tells of no parameter that there is not", () => {
    expect(main.params.map(({ name }) => name)).toEqual([...variables.keys()]);
  });
});
