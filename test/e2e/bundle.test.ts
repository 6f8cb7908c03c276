import { readdir } from "node:fs/promises";
import { afterAll, expect, test } from "vitest";
import { startFunctionsHost } from "../../local/functions-host/spawn.ts";
import { DEFAULT_APP } from "../../local/stack/stack-options.ts";
import { type Stack, startStack } from "../../local/stack/start-stack.ts";

let stack: Stack | undefined;
afterAll(() => stack?.close());

test("the bundle loads and registers every function by name", async () => {
  stack = await startStack({ seed: false });
  expect([...(stack.hosts[0]?.functions ?? [])].sort()).toEqual([
    "CleanUp",
    "DeleteCopy",
    "DeleteGrant",
    "DeleteLegalHold",
    "DeletePartner",
    "DeletePolicy",
    "DeleteRestorePoint",
    "Docs",
    "DueVms",
    "EndGrants",
    "ExplainVm",
    "FindBreaches",
    "GetGrant",
    "GetLegalHold",
    "GetOperation",
    "GetPartner",
    "GetPolicy",
    "GetRestorePoint",
    "GetSwitch",
    "GetVm",
    "Health",
    "ListAudit",
    "ListChanges",
    "ListCopies",
    "ListDisks",
    "ListDrift",
    "ListGrants",
    "ListOperations",
    "ListPartners",
    "ListPolicies",
    "ListReconciliations",
    "ListRestorePoints",
    "ListRestores",
    "ListUnprotected",
    "ListVms",
    "Notify",
    "OpenApi",
    "PlanFleet",
    "PlanPoints",
    "PlanVm",
    "PoisonEndGrants",
    "PoisonNotify",
    "PoisonPlanFleet",
    "PoisonPlanPoints",
    "PoisonPlanVm",
    "PoisonReconcilePage",
    "PoisonRevokeGrant",
    "PoisonStartOperation",
    "PoisonTrackOperation",
    "PostAccess",
    "PostCopy",
    "PostGrant",
    "PostRestore",
    "PostRestorePoint",
    "Preflight",
    "PreviewPolicy",
    "PutLegalHold",
    "PutPartner",
    "PutPolicy",
    "PutSwitch",
    "Rebuild",
    "ReconcileFleet",
    "ReconcilePage",
    "ReportCompliance",
    "ResourceChanged",
    "RetireVm",
    "RevokeGrant",
    "StartOperation",
    "SweepGrants",
    "SweepOperations",
    "TrackOperation",
  ]);
});

test("dist holds only what is deployed", async () => {
  expect((await readdir(DEFAULT_APP)).sort()).toEqual([
    ".funcignore",
    "LICENSE",
    "LICENSES.txt",
    "chunks",
    "docs",
    "functions.json",
    "host.json",
    "main.mjs",
    "openapi.json",
    "package.json",
    "policies",
  ]);
});

test("with wrong settings the app refuses to start and names every wrong setting at once", async () => {
  const env = {
    AzureWebJobsStorage__queueServiceUri: "https://127.0.0.1:1/account",
    AzureWebJobsStorage__blobServiceUri: "http://127.0.0.1:1/account",
    ARM_ENDPOINT: "not an address",
    ARM_TIMEOUT_SECONDS: "900",
    API_ISSUER: "https://login.test/tenant/v2.0",
  };
  const failure = await startFunctionsHost({ app: DEFAULT_APP, env }).then(
    () => "it started",
    (error: unknown) => String(error),
  );
  for (const line of [
    "AzureWebJobsStorage__tableServiceUri: is missing",
    "AzureWebJobsStorage__blobServiceUri: must be an https address",
    "ARM_ENDPOINT: must be an https address",
    "ARM_TIMEOUT_SECONDS:",
    "API_AUDIENCE: is missing",
  ]) {
    expect(failure).toContain(line);
  }
  expect(failure).not.toContain("queueServiceUri");
});
