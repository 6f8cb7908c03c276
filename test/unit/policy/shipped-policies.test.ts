/** The policies that ship as files, and how such files are read. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, onTestFinished, test } from "vitest";
import { azureLimits } from "../../../src/lib/policy/azure-limits.ts";
import { policyProblems } from "../../../src/lib/policy/policy-limits.ts";
import { policyFilesIn } from "../../../src/policy-files.ts";
import { shippedPolicies } from "../../fakes/fixed-policies.ts";

describe("the shipped policies", () => {
  test("are in files of their names", () => {
    expect([...shippedPolicies].map(([name, policy]) => [name, policy.name])).toEqual([
      ["daily", "daily"],
      ["gold", "gold"],
      ["hourly", "hourly"],
    ]);
  });

  test.each([...shippedPolicies])("%s is one that Azure can carry out", (_name, policy) => {
    expect(policyProblems(policy, azureLimits)).toEqual([]);
  });

  test.each([...shippedPolicies])(
    "%s loses nothing when a VM is untagged or deleted",
    (_name, policy) => {
      const keep = { outcome: "keep" };
      expect(policy).toMatchObject({ whenUntagged: keep, whenVmDeleted: keep });
    },
  );

  test.each([...shippedPolicies])("%s protects no VM without a tag", (_name, policy) => {
    expect(policy.select).toBeUndefined();
  });
});

describe("the folder of policies", () => {
  async function folder(files: Readonly<Record<string, string>>) {
    const path = await mkdtemp(join(tmpdir(), "policies "));
    onTestFinished(() => rm(path, { recursive: true }));
    const write = (name: string, text: string) => writeFile(join(path, name), text);
    for (const [name, text] of Object.entries(files)) await write(name, text);
    return { read: policyFilesIn(pathToFileURL(`${path}/`)), write };
  }

  test("holds a policy in each JSON file, and maybe other files", async () => {
    const { read } = await folder({ "gold.json": "{}", "100%.json": "[]", "read-me.md": "" });
    expect((await read()).map(({ name, text }) => [name, text])).toEqual([
      ["100%", "[]"],
      ["gold", "{}"],
    ]);
  });

  test("tells a changed file by its hash", async () => {
    const { read, write } = await folder({ "gold.json": "{}", "same.json": "{}" });
    const before = await read();
    await write("gold.json", "{ }");
    const changed = (await read()).filter(({ hash }, index) => hash !== before[index]?.hash);
    expect(changed.map(({ name }) => name)).toEqual(["gold"]);
  });

  test("may be missing", async () => {
    expect(await policyFilesIn(new URL("file:///nowhere/policies/"))()).toEqual([]);
  });
});
