/** The settings that a deployment sets are those that the app and its host read. */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parseConfig, settingNames } from "../../src/config.ts";
import { storageConnection } from "../../src/names.ts";
import { partsOf, propertiesOf } from "./bicep/nodes.ts";
import { hostSettings } from "./host-settings.ts";
import { template, variable } from "./template.ts";

const settings = template("modules/app-settings.bicep");
const main = template("main.bicep");

const always = propertiesOf(variable(settings, "always")).map(([name]) => name);
const offered = propertiesOf(main.types.find(({ name }) => name === "appSettings")?.value);
const optional = offered.map(([name]) => name);

/** Those without which the app does not start. */
function needed(): string[] {
  try {
    parseConfig({});
    return [];
  } catch (error) {
    return [...String(error).matchAll(/^ +(\w+): is missing$/gm)].map(([, name = ""]) => name);
  }
}

describe("a deployment", () => {
  test("sets every setting of the app, or offers it as a parameter", () => {
    expect([...always, ...optional]).toEqual(expect.arrayContaining([...settingNames]));
  });

  test("sets nothing that neither the app nor its host reads", () => {
    const read = [...settingNames, ...Object.keys(hostSettings)];
    expect(read).toEqual(expect.arrayContaining([...always, ...optional]));
  });

  test("sets what the host needs", () => {
    expect(always).toEqual(expect.arrayContaining(Object.keys(hostSettings)));
  });

  test("always sets what the app does not start without", () => {
    expect(needed().length).toBeGreaterThan(0);
    expect(always).toEqual(expect.arrayContaining(needed()));
  });

  test("sets each in one place", () => {
    const all = [...always, ...optional];
    expect(all).toEqual([...new Set(all)]);
  });

  test.each(offered)("need not be given %s", (_, type) => {
    expect(type.type).toBe("nullable_type");
  });

  test("lets no parameter take the place of what it always sets", () => {
    const written = settings.resources.find(({ type }) => type === "Microsoft.Web/sites/config");
    const value = propertiesOf(written?.object).find(([name]) => name === "properties")?.[1];
    const united = value?.childForFieldName("arguments");
    expect(value?.childForFieldName("function")?.text).toBe("union");
    expect(united && partsOf(united).at(-1)?.text).toBe("always");
  });
});

describe("docs/settings.md", () => {
  const docs = readFileSync(new URL("../../docs/settings.md", import.meta.url), "utf8");
  const rows = docs.split("\n").filter((line) => line.startsWith("| `"));
  const named = rows
    .flatMap((row) => [...(row.split("|")[1] ?? "").matchAll(/`(\w+)`/g)])
    .map(([, name = ""]) => (name.startsWith("__") ? `${storageConnection}${name}` : name));

  test.each([...always, ...optional])("says what %s is", (name) => {
    expect(named).toContain(name);
  });

  test("names each once, and nothing else", () => {
    expect(named.toSorted()).toEqual([...always, ...optional].toSorted());
  });
});
