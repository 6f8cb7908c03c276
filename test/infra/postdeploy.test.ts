/** The hook that subscribes to events after a deployment, beside an Azure CLI that is a fake. */
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { awaitFunction } from "../../infra/hooks/await-function.ts";
import { azureCli } from "../../infra/hooks/azure-cli.ts";
import type { Outcome } from "../../infra/hooks/run.ts";
import { readModule } from "./bicep/module.ts";
import { INFRA } from "./bicep/tree.ts";
import { type Answer, runBeside } from "./fake-cli.ts";

const [ONE, TWO] = ["11111111-0000-4000-8000-000000000001", "22222222-0000-4000-8000-000000000002"];
const APP = `/subscriptions/${ONE}/resourceGroups/rg-shop/providers/Microsoft.Web/sites/func-shop`;
const environment = {
  AZURE_ENV_NAME: "shop",
  AZURE_LOCATION: "westeurope",
  FUNCTION_APP_ID: APP,
  PROTECTED_SUBSCRIPTIONS: `${ONE}, ${TWO}`,
};

const postdeploy = (answers: readonly Answer[] = [], env: Record<string, string> = environment) =>
  runBeside("infra/hooks/postdeploy.ts", { az: answers }, env);

const topics = (...of: { id: string; source: string; topicType: string }[]): Answer => ({
  asked: /^eventgrid system-topic list/,
  stdout: JSON.stringify(of),
});
const topic = (group: string, topicType: string, source = `/subscriptions/${ONE}`) => ({
  id: `/subscriptions/${ONE}/resourceGroups/${group}/providers/Microsoft.EventGrid/systemTopics/changes`,
  ...{ source, topicType },
});

const deployments = (calls: readonly string[]) =>
  calls.filter((call) => call.startsWith("az deployment sub create"));

test("every protected subscription gets events.bicep, and the function it delivers to", async () => {
  const { exitCode, stdout, calls } = await postdeploy();
  expect(exitCode).toBe(0);
  expect(deployments(calls)).toEqual([
    expect.stringContaining(`--subscription ${ONE} --location westeurope --name events-shop `),
    expect.stringContaining(`--subscription ${TWO} --location westeurope --name events-shop `),
  ]);
  for (const call of deployments(calls)) {
    expect(call).toContain("infra/bicep/events.bicep");
    expect(call).toContain(`functionId=${APP}/functions/ResourceChanged`);
  }
  expect(stdout).toContain(`${ONE}: its changes are told to the app.`);
});

test("what it sets are parameters of events.bicep", async () => {
  const { calls } = await postdeploy();
  const given = [...(deployments(calls)[0] ?? "").matchAll(/ (\w+)=/g)].map(([, name]) => name);
  const known = readModule(join(INFRA, "events.bicep")).params.map(({ name }) => name);
  expect(given.toSorted()).toEqual(known.toSorted());
});

describe("a subscription's system topic", () => {
  const parametersWith = async (...of: Parameters<typeof topics>) => {
    const { calls } = await postdeploy([topics(...of)]);
    return deployments(calls)[0] ?? "";
  };
  const OPERATIONS = "Microsoft.Resources.Subscriptions";

  test("that somebody else has made is used", async () => {
    const theirs = topic("rg-theirs", OPERATIONS);
    expect(await parametersWith(theirs)).toContain(` systemTopicId=${theirs.id} `);
  });

  test("for Resource Notifications is used too", async () => {
    const theirs = topic("rg-theirs", "Microsoft.ResourceNotifications.Resources");
    const call = await parametersWith(theirs);
    expect(call).toContain(` notificationsTopicId=${theirs.id}`);
    expect(call).toContain(" systemTopicId= ");
  });

  test.each([
    ["that was made by an earlier run is kept", topic("RG-shop-events", OPERATIONS)],
    [
      "of one of its resource groups is another one",
      topic("rg-x", OPERATIONS, "/subscriptions/x/resourceGroups/y"),
    ],
    ["of another kind is another one", topic("rg-x", "Microsoft.Storage.StorageAccounts")],
  ])("%s", async (_, there) => {
    expect(await parametersWith(there)).toContain(" systemTopicId= ");
  });
});

test("a subscription that refuses is named, and the others are served", async () => {
  const refusal = { exitCode: 1, stderr: "AuthorizationFailed: alice may not" };
  const { exitCode, stdout, stderr, calls } = await postdeploy([
    { asked: new RegExp(`^deployment sub create --subscription ${ONE}`), ...refusal },
  ]);
  expect(exitCode).toBe(1);
  expect(stdout).toContain(`${ONE}: az deployment sub create: AuthorizationFailed: alice may not`);
  expect(stdout).toContain(`${TWO}: its changes are told to the app.`);
  expect(stderr).toContain(`Not subscribed to: ${ONE}\n`);
  expect(deployments(calls)).toHaveLength(2);
});

test("without the outputs of main.bicep it says which are missing, and asks Azure for nothing", async () => {
  const { exitCode, stderr, calls } = await postdeploy([], { AZURE_ENV_NAME: "shop" });
  expect(exitCode).toBe(1);
  expect(stderr).toContain("AZURE_LOCATION, FUNCTION_APP_ID, PROTECTED_SUBSCRIPTIONS");
  expect(calls).toEqual([]);
});

test("without the Azure CLI it says so", async () => {
  const { exitCode, stderr } = await runBeside("infra/hooks/postdeploy.ts", {}, environment);
  expect(exitCode).toBe(1);
  expect(stderr).toContain("The Azure CLI (az) is not on the PATH");
});

test("a login that has expired is told at once, and not waited for", async () => {
  const { exitCode, stderr, calls } = await postdeploy([
    { asked: /^resource show/, exitCode: 1, stderr: "Please run 'az login'" },
  ]);
  expect(exitCode).toBe(1);
  expect(stderr).toContain("Please run 'az login'");
  expect(calls).toHaveLength(1);
});

describe("the function", () => {
  const outcome = (exitCode: number, stderr = ""): Outcome => ({ exitCode, stdout: "", stderr });
  const missing = outcome(3, "(ResourceNotFound) The Resource was not found.");

  async function waited(...outcomes: Outcome[]): Promise<{ pauses: number; printed: string[] }> {
    const printed: string[] = [];
    let pauses = 0;
    const cli = azureCli(async () => outcomes.shift() ?? missing);
    const pause = async () => pauses++;
    await awaitFunction(cli, "/functions/ResourceChanged", (line) => printed.push(line), pause);
    return { pauses, printed };
  }

  test("is waited for until it is there", async () => {
    const { pauses, printed } = await waited(missing, missing, outcome(0));
    expect(pauses).toBe(2);
    expect(printed).toEqual([expect.stringContaining("not there yet")]);
  });

  test("is not waited for when it is there", async () => {
    expect(await waited(outcome(0))).toEqual({ pauses: 0, printed: [] });
  });

  test("is given up after ten minutes, with where to look", async () => {
    await expect(waited()).rejects.toThrow(/not there after ten minutes.*\n.*log stream/);
  });
});
