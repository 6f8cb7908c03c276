/** Application Insights takes every connection and answers none: the app does what it does without it. */
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Stack, startStack } from "../../local/stack/start-stack.ts";
import { succeededPoint } from "./api.ts";
import { waitFor } from "./wait-for.ts";

let connections = 0;
const silent = createServer((socket) => {
  connections += 1;
  socket.on("error", () => socket.destroy());
});
let stack: Stack;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "telemetry-down-"));
  const { promise: listening, resolve } = Promise.withResolvers<void>();
  silent.listen(0, "127.0.0.1", resolve);
  await listening;
  const address = silent.address();
  const port = typeof address === "object" ? address?.port : 0;
  const key = "InstrumentationKey=11111111-2222-3333-4444-555555555555";
  stack = await startStack({
    arm: { crashConsistentCreateMs: 300 },
    env: {
      APPLICATIONINSIGHTS_CONNECTION_STRING: `${key};IngestionEndpoint=https://localhost:${port}/`,
      NODE_OPTIONS: `--import=${new URL("./record-loads.mjs", import.meta.url).href}`,
      LOADED_MODULES: join(folder, "modules"),
    },
  });
});
afterAll(async () => {
  await stack?.close();
  silent.close();
  await rm(folder, { recursive: true, force: true });
});

test("VMs are protected all the same, no function fails, and the host ends as it should", async () => {
  await stack.tagVm("web-01", "hourly");
  await succeededPoint(stack, "web-01");
  await waitFor("the app to try", () => connections > 0 || undefined);
  await stack.tagVm("app-01", "hourly");
  await succeededPoint(stack, "app-01");
  const [host] = stack.hosts;
  await host?.stop();
  expect(await host?.exited).toBe(0);
  expect(host?.output()).not.toContain("(Failed)");
});

test("what sends was loaded after the functions that had something to tell", async () => {
  const modules = await readFile(join(folder, "modules"), "utf8");
  const loaded = (part: string) => modules.indexOf(`/chunks/${part}-`);
  expect(loaded("services")).toBeGreaterThan(0);
  expect(loaded("azure-monitor")).toBeGreaterThan(loaded("services"));
});
