import type { HttpHandler } from "@azure/functions";
import { describe, expect, test } from "vitest";
import { invocation, request } from "../fakes/invocation.ts";
import { registrations } from "../fakes/registered-app.ts";

const all = [...registrations()];
const httpHandler = (handler: unknown): handler is HttpHandler => typeof handler === "function";

describe("the app", () => {
  test("registers every function, on its trigger", () => {
    expect(
      all.map(([name, { trigger, options }]) => [
        name,
        trigger,
        options["route"] ?? options["queueName"] ?? options["schedule"],
      ]),
    ).toEqual([
      ["Health", "http", "health"],
      ["OpenApi", "http", "openapi.json"],
      ["Docs", "http", "docs/{file?}"],
      ["ResourceChanged", "eventGrid", undefined],
      ["PlanVm", "storageQueue", "plan-vm"],
      ["PlanPoints", "storageQueue", "plan-points"],
      ["PlanFleet", "storageQueue", "plan-fleet"],
      ["ReconcilePage", "storageQueue", "reconcile-fleet"],
      ["StartOperation", "storageQueue", "start-operation"],
      ["TrackOperation", "storageQueue", "track-operation"],
      ["PoisonPlanVm", "storageQueue", "plan-vm-poison"],
      ["PoisonPlanPoints", "storageQueue", "plan-points-poison"],
      ["PoisonPlanFleet", "storageQueue", "plan-fleet-poison"],
      ["PoisonReconcilePage", "storageQueue", "reconcile-fleet-poison"],
      ["PoisonStartOperation", "storageQueue", "start-operation-poison"],
      ["PoisonTrackOperation", "storageQueue", "track-operation-poison"],
      ["RevokeGrant", "storageQueue", "revoke-grant"],
      ["EndGrants", "storageQueue", "end-grants"],
      ["PoisonRevokeGrant", "storageQueue", "revoke-grant-poison"],
      ["PoisonEndGrants", "storageQueue", "end-grants-poison"],
      ["Notify", "storageQueue", "notify"],
      ["PoisonNotify", "storageQueue", "notify-poison"],
      ["DueVms", "timer", "0 * * * * *"],
      ["CleanUp", "timer", "15 */5 * * * *"],
      ["ReconcileFleet", "timer", "45 */15 * * * *"],
      ["SweepOperations", "timer", "30 * * * * *"],
      ["SweepGrants", "timer", "50 * * * * *"],
      ["FindBreaches", "timer", "5 */15 * * * *"],
      ["Preflight", "http", "{*path}"],
      ["ListVms", "http", "vms"],
      ["GetVm", "http", "vms/{vm}"],
      ["ExplainVm", "http", "vms/{vm}/explain"],
      ["RetireVm", "http", "vms/{vm}/retire"],
      ["ListRestorePoints", "http", "vms/{vm}/restore-points"],
      ["GetRestorePoint", "http", "vms/{vm}/restore-points/{point}"],
      ["ListDisks", "http", "vms/{vm}/restore-points/{point}/disks"],
      ["ListCopies", "http", "vms/{vm}/restore-points/{point}/copies"],
      ["PostRestorePoint", "http", "vms/{vm}/restore-points"],
      ["DeleteRestorePoint", "http", "vms/{vm}/restore-points/{point}"],
      ["PostCopy", "http", "vms/{vm}/restore-points/{point}/copies"],
      ["DeleteCopy", "http", "vms/{vm}/restore-points/{point}/copies/{region}"],
      ["GetLegalHold", "http", "vms/{vm}/restore-points/{point}/legal-hold"],
      ["PutLegalHold", "http", "vms/{vm}/restore-points/{point}/legal-hold"],
      ["DeleteLegalHold", "http", "vms/{vm}/restore-points/{point}/legal-hold"],
      ["PostRestore", "http", "vms/{vm}/restore-points/{point}/restores"],
      ["ListRestores", "http", "vms/{vm}/restores"],
      ["ListOperations", "http", "operations"],
      ["GetOperation", "http", "operations/{operation}"],
      ["ListPolicies", "http", "policies"],
      ["GetPolicy", "http", "policies/{name}"],
      ["PutPolicy", "http", "policies/{name}"],
      ["DeletePolicy", "http", "policies/{name}"],
      ["PreviewPolicy", "http", "policies/{name}/preview"],
      ["ListPartners", "http", "partners"],
      ["GetPartner", "http", "partners/{id}"],
      ["PutPartner", "http", "partners/{id}"],
      ["DeletePartner", "http", "partners/{id}"],
      ["Rebuild", "http", "rebuild"],
      ["GetSwitch", "http", "switches/{name}"],
      ["PutSwitch", "http", "switches/{name}"],
      ["ReportCompliance", "http", "reports/compliance"],
      ["ListUnprotected", "http", "reports/unprotected"],
      ["ListReconciliations", "http", "reports/reconciliations"],
      ["ListDrift", "http", "reports/drift"],
      ["ListAudit", "http", "audit"],
      ["PostGrant", "http", "grants"],
      ["ListGrants", "http", "grants"],
      ["GetGrant", "http", "grants/{id}"],
      ["DeleteGrant", "http", "grants/{id}"],
      ["PostAccess", "http", "grants/{id}/access"],
      ["ListChanges", "http", "grants/{id}/changes"],
    ]);
  });

  test("has a poison handler for each of its queues", () => {
    const queues = all.flatMap(([, { options }]) => options["queueName"] ?? []);
    const poison = queues.filter((queue) => String(queue).endsWith("-poison"));
    expect(poison).toEqual(
      queues.filter((queue) => !poison.includes(queue)).map((queue) => `${queue}-poison`),
    );
  });
});

describe("without a token", () => {
  const PUBLIC = ["Health", "OpenApi", "Docs", "Preflight"];
  const routes = all.filter(([, { trigger }]) => trigger === "http");

  test.each(routes.filter(([name]) => !PUBLIC.includes(name)))(
    "%s answers 401",
    async (_name, route) => {
      const { handler } = route.options;
      if (!httpHandler(handler)) throw new Error("It has no handler.");
      for (const path of ["x", "x?api-version=2026-11-01"]) {
        const answer = await handler(request(path), invocation().context);
        expect(answer).toMatchObject({
          status: 401,
          jsonBody: { error: { code: "Unauthorized" } },
        });
      }
    },
  );

  test("Health answers", async () => {
    const { handler } = routes.find(([name]) => name === "Health")?.[1].options ?? {};
    if (!httpHandler(handler)) throw new Error("It has no handler.");
    expect(await handler(request("health"), invocation().context)).toMatchObject({
      jsonBody: { status: "ok" },
    });
  });
});
