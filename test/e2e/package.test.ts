import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { unzipSync } from "fflate";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { DEFAULT_APP } from "../../local/stack/stack-options.ts";
import { type Stack, startStack } from "../../local/stack/start-stack.ts";
import { packedApp } from "../../tools/build/packed-app.ts";
import { succeededPoint } from "./api.ts";

describe("the package", () => {
  const zip = packedApp(DEFAULT_APP);
  const files = unzipSync(zip);
  let folder: string;
  let stack: Stack | undefined;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "package-"));
  });
  afterAll(async () => {
    await stack?.close();
    await rm(folder, { recursive: true, force: true });
  });

  test("holds, byte for byte, the files that the local stack runs", async () => {
    const entries = await readdir(DEFAULT_APP, { recursive: true, withFileTypes: true });
    const paths = entries
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => join(parentPath, name).slice(DEFAULT_APP.length));
    expect(Object.keys(files).sort()).toEqual(paths.sort());
    for (const path of paths) {
      const bytes = await readFile(join(DEFAULT_APP, path));
      expect(bytes.equals(files[path] ?? Buffer.alloc(0)), path).toBe(true);
    }
  });

  test("is the same file for the same build, and less than 2 MB", () => {
    expect(Buffer.from(packedApp(DEFAULT_APP)).equals(zip)).toBe(true);
    expect(zip.length).toBeLessThan(2_000_000);
  });

  test("names the licence of each library in it", async () => {
    const licences = await readFile(join(DEFAULT_APP, "LICENSES.txt"), "utf8");
    for (const name of ["@azure/arm-compute", "@azure/functions", "jose", "zod"]) {
      expect(licences).toMatch(new RegExp(`^${name} [\\d.]+ \\(MIT\\)$`, "m"));
    }
  });

  test("runs when it is unpacked elsewhere: a tagged VM gets its restore point", async () => {
    for (const [path, bytes] of Object.entries(files)) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), bytes);
    }
    stack = await startStack({ app: folder, arm: { crashConsistentCreateMs: 500 } });
    await stack.tagVm("web-01", "hourly");
    expect(await succeededPoint(stack, "web-01")).toMatchObject({ state: "Succeeded" });
  });
});
