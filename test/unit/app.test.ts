import type { HttpHandler } from "@azure/functions";
import { describe, expect, test } from "vitest";
import { type App, registerFunctions, registerHealth } from "../../src/app.ts";
import { createAuthenticate } from "../../src/lib/api/authenticate.ts";
import { createPace } from "../../src/lib/operations/pacer.ts";
import { createPartnerStore } from "../../src/lib/partners/partner-store.ts";
import { azureLimits } from "../../src/lib/policy/azure-limits.ts";
import { FakeArm } from "../fakes/fake-arm.ts";
import { fixedPolicies } from "../fakes/fixed-policies.ts";
import { invocation, request } from "../fakes/invocation.ts";
import { memoryPolicyCopies } from "../fakes/memory-policy-copies.ts";
import { memoryRecordedVms } from "../fakes/memory-recorded-vms.ts";
import { memoryTables } from "../fakes/memory-tables.ts";
import { RecordedDelays } from "../fakes/recorded-delays.ts";

interface Registered {
  readonly trigger: string;
  readonly options: Readonly<Record<string, unknown>> & { readonly handler: unknown };
}

/** Everything the app registers, by name. */
function registrations(): Map<string, Registered> {
  const registered = new Map<string, Registered>();
  const on =
    (trigger: string) =>
    (name: string, options: object): void => {
      expect(registered.has(name), name).toBe(false);
      registered.set(name, { trigger, options: { handler: undefined, ...options } });
    };
  const app = {
    http: on("http"),
    timer: on("timer"),
    eventGrid: on("eventGrid"),
    storageQueue: on("storageQueue"),
  };
  const tables = memoryTables();
  const issuer = "https://nobody.test";
  // The app registers with options alone, never with a bare handler.
  registerHealth(app as App);
  registerFunctions(app as App, {
    now: () => new Date(),
    newUlid: () => "",
    tables,
    recordedVms: memoryRecordedVms(),
    delayed: new RecordedDelays(),
    arm: new FakeArm(() => 0),
    pace: createPace(tables.pacer),
    policies: fixedPolicies(),
    policyCopies: memoryPolicyCopies(),
    partners: createPartnerStore(tables),
    limits: azureLimits,
    tagName: "restore-points",
    subscriptions: [],
    submitLeaseMs: 60_000,
    authenticate: createAuthenticate({ issuer, audience: "api://x", jwksUri: undefined }),
  });
  return registered;
}

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
      ["DueVms", "timer", "0 * * * * *"],
      ["CleanUp", "timer", "15 */5 * * * *"],
      ["ReconcileFleet", "timer", "45 */15 * * * *"],
      ["SweepOperations", "timer", "30 * * * * *"],
      ["ListVms", "http", "vms"],
      ["ExplainVm", "http", "vms/{vm}/explain"],
      ["RetireVm", "http", "vms/{vm}/retire"],
      ["ListRestorePoints", "http", "vms/{vm}/restore-points"],
      ["GetOperation", "http", "operations/{id}"],
      ["ListPolicies", "http", "policies"],
      ["GetPolicy", "http", "policies/{name}"],
      ["PutPolicy", "http", "policies/{name}"],
      ["DeletePolicy", "http", "policies/{name}"],
      ["PreviewPolicy", "http", "policies/{name}/preview"],
      ["Rebuild", "http", "rebuild"],
      ["GetSwitch", "http", "switches/{name}"],
      ["PutSwitch", "http", "switches/{name}"],
      ["ReportCompliance", "http", "reports/compliance"],
      ["ListUnprotected", "http", "reports/unprotected"],
      ["ListReconciliations", "http", "reports/reconciliations"],
      ["ListDrift", "http", "reports/drift"],
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
  const routes = all.filter(([, { trigger }]) => trigger === "http");

  test.each(routes.filter(([name]) => name !== "Health"))(
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
    expect(await handler(request("health"), invocation().context)).toEqual({
      jsonBody: { status: "ok" },
    });
  });
});
