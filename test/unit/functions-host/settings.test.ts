import { describe, expect, test } from "vitest";
import { isDisabled } from "../../../local/functions-host/settings/is-disabled.ts";
import { resolveTokens } from "../../../local/functions-host/settings/resolve-tokens.ts";
import { createSettings } from "../../../local/functions-host/settings/settings.ts";
import { parseTimeSpan } from "../../../local/functions-host/settings/time-span.ts";
import { storageConnection } from "../../../local/functions-host/storage/storage-connection.ts";

test("settings ignore case, and levels can be written in two ways", () => {
  const settings = createSettings({ Storage__accountName: "a" });
  expect(settings.get("storage:accountname")).toBe("a");
});

test.each([
  ["00:00:01", 1000],
  ["01:30", 5_400_000],
  ["1.00:00:00", 86_400_000],
  ["00:00:00.25", 250],
  ["24:00:00", undefined],
  ["00:60:00", undefined],
  ["5", undefined],
])("the TimeSpan %s is %s ms", (text, milliseconds) => {
  expect(parseTimeSpan(text)).toBe(milliseconds);
});

test("tokens stand for app settings", () => {
  const settings = createSettings({ QUEUE: "orders", N: "5" });
  expect(resolveTokens("%queue%-%N%", settings)).toBe("orders-5");
  expect(() => resolveTokens("%MISSING%", settings)).toThrow("%MISSING%");
});

test.each([
  [{ "AzureWebJobs.Plan.Disabled": "true" }, true],
  [{ AzureWebJobs_Plan_Disabled: "1" }, true],
  [{ AzureWebJobs_Plan_Disabled: "false" }, false],
  [{ AzureWebJobs_Other_Disabled: "true" }, false],
])("%j disables the function: %s", (env, disabled) => {
  expect(isDisabled("Plan", createSettings(env))).toBe(disabled);
});

describe("a connection leads to a storage account", () => {
  const resolve = (env: Record<string, string>, name: string) =>
    storageConnection(createSettings(env), name, "queue");

  test.each([
    [{ AzureWebJobsStorage: "cs" }, "AzureWebJobsStorage"],
    [{ AzureWebJobsStorage: "cs" }, "Storage"],
    [{ Orders: "cs" }, "Orders"],
    [{ AzureWebJobsOrders: "cs", Orders: "other" }, "Orders"],
    [{ ConnectionStrings__Orders: "cs" }, "Orders"],
  ])("%j, asked for %s, is a connection string", (env, name) => {
    expect(resolve(env, name)).toEqual({ kind: "connectionString", value: "cs" });
  });

  test("an endpoint is reached with an identity", () => {
    const env = { Orders__queueServiceUri: "https://q", Orders__clientId: "me" };
    expect(resolve(env, "Orders")).toEqual({ kind: "identity", url: "https://q", clientId: "me" });
  });

  test("the account's name is enough in the public cloud", () => {
    expect(resolve({ AzureWebJobsStorage__accountName: "acct" }, "AzureWebJobsStorage")).toEqual({
      kind: "identity",
      url: "https://acct.queue.core.windows.net",
      clientId: undefined,
    });
  });

  test("a missing connection names the settings that would do", () => {
    expect(() => resolve({}, "Orders")).toThrow("Orders__queueServiceUri");
  });
});
