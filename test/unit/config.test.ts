import { describe, expect, test } from "vitest";
import { parseConfig } from "../../src/config.ts";
import { azureLimits } from "../../src/lib/policy/azure-limits.ts";

const needed = {
  AzureWebJobsStorage__tableServiceUri: "https://shop.table.core.windows.net",
  AzureWebJobsStorage__queueServiceUri: "https://shop.queue.core.windows.net",
  AzureWebJobsStorage__blobServiceUri: "https://shop.blob.core.windows.net",
  API_ISSUER: "https://login.microsoftonline.com/tenant/v2.0",
  API_AUDIENCE: "api://restore-points",
};

const KEY = "InstrumentationKey=11111111-2222-3333-4444-555555555555";
const INSIGHTS = `${KEY};IngestionEndpoint=https://westeurope-5.in.applicationinsights.azure.com/;LiveEndpoint=https://westeurope.livediagnostics.monitor.azure.com/`;

/** The lines of the error, each about one setting. */
function problemsOf(environment: Record<string, string | undefined>): string[] {
  try {
    parseConfig(environment);
    return [];
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const [first, ...lines] = error.message.split("\n");
    expect(first).toBe("Wrong settings:");
    return lines.map((line) => line.trim());
  }
}

describe("the settings", () => {
  test("that must be there are enough for Azure's public cloud", () => {
    expect(parseConfig(needed)).toEqual({
      storage: {
        tables: "https://shop.table.core.windows.net",
        queues: "https://shop.queue.core.windows.net",
        blobs: "https://shop.blob.core.windows.net",
      },
      arm: {
        endpoint: "https://management.azure.com",
        audience: "https://management.azure.com",
        timeoutMs: 20_000,
      },
      armBudgetFactor: 1,
      identityClientId: undefined,
      api: {
        issuer: "https://login.microsoftonline.com/tenant/v2.0",
        audience: "api://restore-points",
        jwksUri: undefined,
        corsOrigins: [],
      },
      notificationsEndpoint: undefined,
      applicationInsights: undefined,
      limits: azureLimits,
      tagName: "restore-points",
      subscriptions: [],
    });
  });

  test("can all be given", () => {
    const given = parseConfig({
      ...needed,
      ARM_ENDPOINT: "https://localhost:7443",
      ARM_AUDIENCE: "https://management.core.windows.net/",
      ARM_TIMEOUT_SECONDS: "5",
      ARM_BUDGET_FACTOR: "2.5",
      MANAGED_IDENTITY_CLIENT_ID: "a-client",
      API_JWKS_URI: "https://localhost:7444/keys",
      NOTIFICATIONS_ENDPOINT: "https://shop.westeurope-1.eventgrid.azure.net/api/events",
      APPLICATIONINSIGHTS_CONNECTION_STRING: INSIGHTS,
      TRACES_PERCENT: "12.5",
      RESTORE_POINTS_TAG: "protect me",
      LIMIT_CRASH_CONSISTENT_INTERVAL: "PT15M",
      LIMIT_POINTS_PER_VM: "200",
      CREATE_IN_OTHER_REGION: "on",
      SUBSCRIPTIONS: "11111111-2222-3333-4444-55555555555A, 22222222-3333-4444-5555-666666666666",
      SOMETHING_ELSE: "is none of ours",
    });
    expect(given).toMatchObject({
      arm: {
        endpoint: "https://localhost:7443",
        audience: "https://management.core.windows.net/",
        timeoutMs: 5000,
      },
      armBudgetFactor: 2.5,
      identityClientId: "a-client",
      api: { jwksUri: "https://localhost:7444/keys" },
      limits: {
        ...azureLimits,
        shortestCrashConsistent: 900_000,
        pointsPerVm: 200,
        createInOtherRegion: true,
      },
      notificationsEndpoint: "https://shop.westeurope-1.eventgrid.azure.net/api/events",
      applicationInsights: { connectionString: INSIGHTS, tracesPercent: 12.5 },
      tagName: "protect me",
      subscriptions: [
        "11111111-2222-3333-4444-55555555555a",
        "22222222-3333-4444-5555-666666666666",
      ],
    });
  });

  test("that are missing are all named at once", () => {
    expect(problemsOf({})).toEqual(Object.keys(needed).map((name) => `${name}: is missing`));
  });

  test("that are missing and those that are wrong are named together", () => {
    const { API_AUDIENCE: _, ...rest } = needed;
    expect(
      problemsOf({ ...rest, ARM_ENDPOINT: "http://localhost", RESTORE_POINTS_TAG: "a/b" }),
    ).toEqual([
      "ARM_ENDPOINT: must be an https address",
      "API_AUDIENCE: is missing",
      "RESTORE_POINTS_TAG: must be a tag name that Azure accepts",
    ]);
  });

  test.each([
    ["ARM_ENDPOINT", ""],
    ["ARM_ENDPOINT", "management.azure.com"],
    ["ARM_AUDIENCE", "http://management.azure.com"],
    ["ARM_TIMEOUT_SECONDS", "0"],
    ["ARM_TIMEOUT_SECONDS", "61"],
    ["ARM_TIMEOUT_SECONDS", "soon"],
    ["ARM_TIMEOUT_SECONDS", ""],
    ["LIMIT_CRASH_CONSISTENT_INTERVAL", "15 minutes"],
    ["LIMIT_POINTS_PER_VM", "0"],
    ["CREATE_IN_OTHER_REGION", "maybe"],
    ["LIMIT_CREATES_PER_HOUR", "0"],
    ["LIMIT_COPIES_PER_HOUR", "0"],
    ["ARM_BUDGET_FACTOR", "0"],
    ["ARM_BUDGET_FACTOR", "many"],
    ["MANAGED_IDENTITY_CLIENT_ID", ""],
    ["API_ISSUER", "http://login.microsoftonline.com/tenant"],
    ["API_AUDIENCE", ""],
    ["API_JWKS_URI", "keys"],
    ["NOTIFICATIONS_ENDPOINT", "http://localhost/api/events"],
    ["NOTIFICATIONS_ENDPOINT", ""],
    ["APPLICATIONINSIGHTS_CONNECTION_STRING", ""],
    ["APPLICATIONINSIGHTS_CONNECTION_STRING", KEY],
    ["APPLICATIONINSIGHTS_CONNECTION_STRING", `${KEY};IngestionEndpoint=http://insights.test/`],
    ["APPLICATIONINSIGHTS_CONNECTION_STRING", "IngestionEndpoint=https://insights.test/"],
    ["APPLICATIONINSIGHTS_CONNECTION_STRING", INSIGHTS.replace("1111", "key")],
    ["TRACES_PERCENT", "101"],
    ["TRACES_PERCENT", "all"],
    ["SUBSCRIPTIONS", "Shop"],
    ["RESTORE_POINTS_TAG", ""],
    ["RESTORE_POINTS_TAG", "a".repeat(513)],
    ["AzureWebJobsStorage__tableServiceUri", "http://127.0.0.1:10002/devstoreaccount1"],
  ])("%s cannot be %j", (name, value) => {
    expect(problemsOf({ ...needed, [name]: value })).toEqual([
      expect.stringMatching(new RegExp(`^${name}: (?!is missing)`)),
    ]);
  });
});
