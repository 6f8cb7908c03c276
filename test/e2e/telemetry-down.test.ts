/** Application Insights takes every connection and answers none: the app does what it does without it. */
import { createServer } from "node:net";
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
beforeAll(async () => {
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
    },
  });
});
afterAll(async () => {
  await stack?.close();
  silent.close();
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
