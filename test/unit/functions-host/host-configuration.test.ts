import { expect, test } from "vitest";
import { hostConfiguration } from "../../../local/functions-host/settings/host-configuration.ts";
import { createSettings } from "../../../local/functions-host/settings/settings.ts";

const read = (hostJson: object, env: Record<string, string> = {}) =>
  hostConfiguration({ version: "2.0", ...hostJson }, createSettings(env), 2);

test("host.json has the defaults of the real host", () => {
  expect(read({})).toMatchObject({
    routePrefix: "api",
    functionTimeoutMs: 300_000,
    queues: {
      batchSize: 16,
      newBatchThreshold: 16,
      maxPollingIntervalMs: 60_000,
      visibilityTimeoutMs: 0,
      maxDequeueCount: 5,
      messageEncoding: "base64",
    },
    singleton: { listenerLockPeriodMs: 60_000, listenerLockRecoveryPollingIntervalMs: 60_000 },
  });
});

test("an idle queue is asked every two seconds in development", () => {
  const { queues } = read({}, { AZURE_FUNCTIONS_ENVIRONMENT: "Development" });
  expect(queues.maxPollingIntervalMs).toBe(2000);
});

test("an app setting overrides host.json, in any case", () => {
  const hostJson = { extensions: { queues: { batchSize: 8, maxPollingInterval: "00:00:30" } } };
  const { queues } = read(hostJson, {
    AzureFunctionsJobHost__extensions__Queues__batchSize: "1",
    AzureFunctionsJobHost__logging__logLevel__default: "Error",
  });
  expect(queues).toMatchObject({
    batchSize: 1,
    newBatchThreshold: 0,
    maxPollingIntervalMs: 30_000,
  });
});

test("the route prefix can be empty, and a timeout can be none", () => {
  const configuration = read({ functionTimeout: "-1", extensions: { http: { routePrefix: "" } } });
  expect(configuration.routePrefix).toBe("");
  expect(configuration.functionTimeoutMs).toBe(Infinity);
});

test("the list of functions is an allow-list", () => {
  expect(read({ functions: ["PlanVm", "Api"] }).functions).toEqual(["planvm", "api"]);
});

test.each([
  { version: "1.0" },
  { extensions: { queues: { batchSize: 33 } } },
  { extensions: { queues: { maxDequeueCount: 0 } } },
  { extensions: { queues: { maxPollingInterval: "2 seconds" } } },
  { extensions: { queues: { messageEncoding: "utf8" } } },
  { logging: { logLevel: { default: "Loud" } } },
])("%j is refused", (hostJson) => {
  expect(() => read(hostJson)).toThrow();
});
