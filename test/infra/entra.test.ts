/** The app registration that infra/entra makes, against what the API goes by. */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { application, appRoles } from "../../infra/entra/application.ts";
import type { Graph } from "../../infra/entra/graph.ts";
import { microsoftGraph } from "../../infra/entra/graph.ts";
import { registerApi } from "../../infra/entra/register-api.ts";
import { azureCli } from "../../infra/hooks/azure-cli.ts";
import type { Outcome } from "../../infra/hooks/run.ts";
import { principalOf } from "../../src/lib/api/principal.ts";
import { type Answer, runBeside } from "./fake-cli.ts";

const APP_ID = "33333333-0000-4000-8000-000000000003";
const PRINCIPAL = "44444444-0000-4000-8000-000000000004";
const ALICE = "55555555-0000-4000-8000-000000000005";
const OPERATOR = appRoles.find(({ value }) => value === "Operator")?.id;

describe("the app roles", () => {
  /** What the API makes of a token with everything that a registration could give. */
  const known = (value: string) =>
    principalOf({ oid: ALICE, azp: APP_ID, scp: "access_as_user", roles: [value] })?.roles;

  test.each(appRoles.map(({ value }) => value))("%s is one that the API knows", (value) => {
    expect(known(value)).toEqual([value]);
  });

  test("are all that the API knows", () => {
    const source = readFileSync(new URL("../../src/lib/api/principal.ts", import.meta.url), "utf8");
    const [, list = ""] = /roleSchema = z\.enum\(\[(.*?)\]\)/.exec(source) ?? [];
    const values = [...list.matchAll(/"(\w+)"/g)].map(([, value]) => value);
    expect(appRoles.map(({ value }) => value)).toEqual(values);
  });

  test("have ids of their own, and are for people and apps", () => {
    const roles = application("x").appRoles;
    expect(new Set(roles.map(({ id }) => id)).size).toBe(roles.length);
    for (const role of roles) expect(role.allowedMemberTypes).toEqual(["User", "Application"]);
  });
});

test("the registration asks for tokens of the version whose issuer the app is told", () => {
  expect(application("x").api.requestedAccessTokenVersion).toBe(2);
});

const answers = (assigned: readonly object[] = []): Answer[] => [
  { asked: /^cloud show/, stdout: '"https://graph.example/"' },
  { asked: /^rest --method get .*applications\(/, stdout: JSON.stringify({ appId: APP_ID }) },
  { asked: /^rest --method get .*servicePrincipals\(/, stdout: JSON.stringify({ id: PRINCIPAL }) },
  {
    asked: /^rest --method get .*appRoleAssignedTo --output/,
    stdout: JSON.stringify({
      value: [],
      "@odata.nextLink": "https://graph.example/v1.0/second-page",
    }),
  },
  { asked: /^rest --method get .*second-page/, stdout: JSON.stringify({ value: assigned }) },
];

/** As `npm run infra:entra` runs it. */
async function register(args: readonly string[], assigned?: readonly object[]) {
  const script = ["infra/entra/register.ts", ...args];
  const ended = await runBeside(script, { az: answers(assigned) });
  const writes = ended.calls.flatMap((call) => {
    const [, method, path] = /--method (patch|post) --uri \S+\/v1\.0\/(\S+)/.exec(call) ?? [];
    return method === undefined ? [] : [`${method} ${path}`];
  });
  return { ...ended, writes };
}

const SHOP = ["--environment", "shop"];
const APPLICATION = "patch applications(uniqueName='vm-restore-points-shop')";
const REGISTERED = [APPLICATION, APPLICATION, `patch servicePrincipals(appId='${APP_ID}')`];

test("the script makes what is not there or brings it up to date, and says what comes next", async () => {
  const { exitCode, stdout, writes, calls } = await register(SHOP);
  expect(exitCode).toBe(0);
  expect(writes).toEqual(REGISTERED);
  expect(calls.filter((call) => call.includes("Prefer=create-if-missing"))).toHaveLength(3);
  expect(stdout).toContain(`azd env set API_APP_ID ${APP_ID}`);
});

test("it gives somebody a role", async () => {
  const { stdout, writes } = await register([...SHOP, "--role", "Operator", "--to", ALICE]);
  expect(writes).toEqual([...REGISTERED, `post servicePrincipals/${PRINCIPAL}/appRoleAssignedTo`]);
  expect(stdout).toContain(`${ALICE} is now Operator.`);
});

test("it gives nobody the same role twice", async () => {
  const assigned = [{ principalId: ALICE, appRoleId: OPERATOR }];
  const args = [...SHOP, "--role", "Operator", "--to", ALICE];
  const { stdout, writes } = await register(args, assigned);
  expect(writes).toEqual(REGISTERED);
  expect(stdout).toContain(`${ALICE} was already Operator.`);
});

test.each([
  ["no environment", [], "Usage:"],
  ["a name that is none", ["--environment", "a'b"], "Usage:"],
  ["a role for nobody", [...SHOP, "--role", "Operator"], "Usage:"],
  ["an unknown role", [...SHOP, "--role", "Owner", "--to", ALICE], "Reader, Operator, PolicyAdmin"],
])("with %s it says what is wrong", async (_, args, message) => {
  const { exitCode, stderr } = await register(args);
  expect(exitCode).toBe(1);
  expect(stderr).toContain(message);
});

describe("what Graph is sent", () => {
  test("names the registration by its id once it has one, and lets the Azure CLI in", async () => {
    const sent: [path: string, body: object][] = [];
    const graph: Graph = {
      get: async () => ({ appId: APP_ID }),
      post: async () => undefined,
      upsert: async (path, body) => void sent.push([path, body]),
    };
    await registerApi(graph, "shop");
    expect(sent[1]?.[1]).toMatchObject({
      identifierUris: [`api://${APP_ID}`],
      api: { requestedAccessTokenVersion: 2, preAuthorizedApplications: [{}] },
    });
    expect(sent[2]?.[1]).toMatchObject({ appRoleAssignmentRequired: false });
  });

  const outcome = (exitCode: number, text: string): Outcome => ({
    exitCode,
    stdout: exitCode === 0 ? text : "",
    stderr: text,
  });

  async function asked(...outcomes: Outcome[]): Promise<{ answer: unknown; pauses: number }> {
    let pauses = 0;
    const cloud = outcome(0, '"https://graph.example/"');
    const cli = azureCli(async () => [cloud, ...outcomes].at(calls++) ?? outcome(1, "no more"));
    let calls = 0;
    const graph = await microsoftGraph(cli, async () => pauses++);
    return { answer: await graph.get("applications"), pauses };
  }

  test("is sent again while what was just made is not known everywhere", async () => {
    const { answer, pauses } = await asked(outcome(1, "Not Found"), outcome(0, '{"appId":"x"}'));
    expect(answer).toEqual({ appId: "x" });
    expect(pauses).toBe(1);
  });

  test("is not sent again when it is refused", async () => {
    const refusal = outcome(1, "Forbidden: Insufficient privileges");
    await expect(asked(refusal)).rejects.toThrow("Insufficient privileges");
  });
});
