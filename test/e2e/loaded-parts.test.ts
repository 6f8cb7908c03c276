import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Stack, startStack } from "../../local/stack/start-stack.ts";
import { succeededPoint } from "./api.ts";

let folder: string;
let stack: Stack;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "loaded-parts-"));
  stack = await startStack({
    arm: { crashConsistentCreateMs: 500 },
    env: {
      NODE_OPTIONS: `--import=${new URL("./record-loads.mjs", import.meta.url).href}`,
      LOADED_MODULES: join(folder, "modules"),
      // It asks ARM on its own.
      "AzureWebJobs.ReconcileFleet.Disabled": "true",
    },
  });
});
afterAll(async () => {
  await stack?.close();
  await rm(folder, { recursive: true, force: true });
});

/** The parts of the bundle that the app has loaded, as the build names them. */
async function loadedParts(): Promise<string[]> {
  const modules = await readFile(join(folder, "modules"), "utf8");
  return modules
    .split("\n")
    .filter((url) => url.includes("/chunks/"))
    .map((url) => basename(url).replace(/-[^-]+\.mjs$/, ""));
}

test("requests of the API load its routes, and not the client of ARM, which a tagged VM loads", async () => {
  expect((await stack.api("/vms")).status).toBe(200);
  const before = await loadedParts();
  expect(before).toEqual(expect.arrayContaining(["services", "routes"]));
  expect(before).not.toContain("azure-arm");

  await stack.tagVm("web-01", "hourly");
  await succeededPoint(stack, "web-01");
  expect(await loadedParts()).toEqual(expect.arrayContaining(["app", "azure-arm"]));
});
