/** The trigger table: every function's name, trigger, route, queue and schedule, at a glance. */
import type { app as functionsApp, HttpHandler, HttpMethod } from "@azure/functions";
import { type CheckedHandler, checked } from "./functions/checked.ts";
import { cleanUp } from "./functions/clean-up.ts";
import { deleteGrant } from "./functions/delete-grant.ts";
import { deletePartner } from "./functions/delete-partner.ts";
import { deletePolicy } from "./functions/delete-policy.ts";
import { dueVms } from "./functions/due-vms.ts";
import { endGrants } from "./functions/end-grants.ts";
import { explainVm } from "./functions/explain-vm.ts";
import { getGrant } from "./functions/get-grant.ts";
import { getOperation } from "./functions/get-operation.ts";
import { getPolicy } from "./functions/get-policy.ts";
import { health } from "./functions/health.ts";
import { listAudit } from "./functions/list-audit.ts";
import { listChanges } from "./functions/list-changes.ts";
import { listDrift } from "./functions/list-drift.ts";
import { listGrants } from "./functions/list-grants.ts";
import { listPolicies } from "./functions/list-policies.ts";
import { listReconciliations } from "./functions/list-reconciliations.ts";
import { listRestorePoints } from "./functions/list-restore-points.ts";
import { listUnprotected } from "./functions/list-unprotected.ts";
import { listVms } from "./functions/list-vms.ts";
import { outputs } from "./functions/outputs.ts";
import { planFleet } from "./functions/plan-fleet.ts";
import { planPoints } from "./functions/plan-points.ts";
import { planVm } from "./functions/plan-vm.ts";
import {
  poisonedEndGrants,
  poisonedFleet,
  poisonedGrant,
  poisonedOperation,
  poisonedPass,
  poisonedPlan,
  poisonedPoints,
} from "./functions/poison-messages.ts";
import { postGrant } from "./functions/post-grant.ts";
import { previewPolicy } from "./functions/preview-policy.ts";
import { putPartner } from "./functions/put-partner.ts";
import { putPolicy } from "./functions/put-policy.ts";
import { postAccess } from "./functions/read-access.ts";
import { getPartner, listPartners } from "./functions/read-partners.ts";
import { rebuild } from "./functions/rebuild.ts";
import { reconcileFleet, reconcilePage } from "./functions/reconcile-fleet.ts";
import { reportCompliance } from "./functions/report-compliance.ts";
import { resourceChanged } from "./functions/resource-changed.ts";
import { retireVm } from "./functions/retire-vm.ts";
import { revokeGrant } from "./functions/revoke-grant.ts";
import { startOperation } from "./functions/start-operation.ts";
import { sweepGrants } from "./functions/sweep-grants.ts";
import { sweepOperations } from "./functions/sweep-operations.ts";
import { getSwitch, putSwitch } from "./functions/switches.ts";
import { trackOperation } from "./functions/track-operation.ts";
import type { Action } from "./lib/api/caller.ts";
import { poisonQueueOf, queues, storageConnection } from "./names.ts";
import type { Services } from "./services.ts";

export type App = Pick<typeof functionsApp, "eventGrid" | "http" | "storageQueue" | "timer">;

/** The one route without a caller, and the one function that needs no services. */
export function registerHealth(app: Pick<App, "http">): void {
  app.http("Health", {
    route: "health",
    methods: ["GET"],
    authLevel: "anonymous",
    handler: health,
  });
}

export function registerFunctions(app: App, services: Services): void {
  const all = Object.values(outputs);

  app.eventGrid("ResourceChanged", {
    handler: resourceChanged,
    extraOutputs: [outputs.planVm],
  });

  const queue = (
    name: string,
    queueName: string,
    handler: Parameters<App["storageQueue"]>[1]["handler"],
  ) =>
    app.storageQueue(name, {
      queueName,
      connection: storageConnection,
      extraOutputs: all,
      handler,
    });
  queue("PlanVm", queues.planVm, planVm(services));
  queue("PlanPoints", queues.planPoints, planPoints(services));
  queue("PlanFleet", queues.planFleet, planFleet(services));
  queue("ReconcilePage", queues.reconcileFleet, reconcilePage(services));
  queue("StartOperation", queues.startOperation, startOperation(services));
  queue("TrackOperation", queues.trackOperation, trackOperation(services));
  queue("PoisonPlanVm", poisonQueueOf(queues.planVm), poisonedPlan(services));
  queue("PoisonPlanPoints", poisonQueueOf(queues.planPoints), poisonedPoints(services));
  queue("PoisonPlanFleet", poisonQueueOf(queues.planFleet), poisonedFleet(services));
  queue("PoisonReconcilePage", poisonQueueOf(queues.reconcileFleet), poisonedPass);
  queue("PoisonStartOperation", poisonQueueOf(queues.startOperation), poisonedOperation(services));
  queue("PoisonTrackOperation", poisonQueueOf(queues.trackOperation), poisonedOperation(services));

  queue("RevokeGrant", queues.revokeGrant, revokeGrant(services));
  queue("EndGrants", queues.endGrants, endGrants(services));
  queue("PoisonRevokeGrant", poisonQueueOf(queues.revokeGrant), poisonedGrant(services));
  queue("PoisonEndGrants", poisonQueueOf(queues.endGrants), poisonedEndGrants(services));

  app.timer("DueVms", { schedule: "0 * * * * *", handler: dueVms(services) });
  app.timer("CleanUp", { schedule: "15 */5 * * * *", handler: cleanUp(services) });
  app.timer("ReconcileFleet", { schedule: "45 */15 * * * *", handler: reconcileFleet(services) });
  app.timer("SweepOperations", {
    schedule: "30 * * * * *",
    extraOutputs: all,
    handler: sweepOperations(services),
  });

  app.timer("SweepGrants", {
    schedule: "50 * * * * *",
    extraOutputs: all,
    handler: sweepGrants(services),
  });

  registerRoutes(app, services);
}

function registerRoutes(app: Pick<App, "http">, services: Services): void {
  // Every route goes through the caller check. Functions keys are not the authentication, hence `anonymous`.
  const on =
    (method: HttpMethod, action: Action) =>
    (name: string, route: string, handler: CheckedHandler) =>
      app.http(name, {
        route,
        methods: [method],
        authLevel: "anonymous",
        extraOutputs: Object.values(outputs),
        handler: checked(services, action, handler) satisfies HttpHandler,
      });
  const get = on("GET", "readFleet");
  const getOfVm = on("GET", "read");
  get("ListVms", "vms", listVms(services));
  getOfVm("ExplainVm", "vms/{vm}/explain", explainVm(services));
  on("POST", "operate")("RetireVm", "vms/{vm}/retire", retireVm(services));
  getOfVm("ListRestorePoints", "vms/{vm}/restore-points", listRestorePoints(services));
  on("GET", "readOperations")("GetOperation", "operations/{id}", getOperation(services));
  get("ListPolicies", "policies", listPolicies(services));
  get("GetPolicy", "policies/{name}", getPolicy(services));
  on("PUT", "managePolicies")("PutPolicy", "policies/{name}", putPolicy(services));
  on("DELETE", "managePolicies")("DeletePolicy", "policies/{name}", deletePolicy(services));
  on("POST", "readFleet")("PreviewPolicy", "policies/{name}/preview", previewPolicy(services));
  get("ListPartners", "partners", listPartners(services));
  get("GetPartner", "partners/{id}", getPartner(services));
  on("PUT", "managePartners")("PutPartner", "partners/{id}", putPartner(services));
  on("DELETE", "managePartners")("DeletePartner", "partners/{id}", deletePartner(services));
  on("POST", "managePolicies")("Rebuild", "rebuild", rebuild(services));
  get("GetSwitch", "switches/{name}", getSwitch(services));
  on("PUT", "managePolicies")("PutSwitch", "switches/{name}", putSwitch(services));
  get("ReportCompliance", "reports/compliance", reportCompliance(services));
  get("ListUnprotected", "reports/unprotected", listUnprotected(services));
  get("ListReconciliations", "reports/reconciliations", listReconciliations(services));
  get("ListDrift", "reports/drift", listDrift(services));
  get("ListAudit", "audit", listAudit(services));
  on("POST", "grant")("PostGrant", "grants", postGrant(services));
  on("GET", "readGrants")("ListGrants", "grants", listGrants(services));
  on("GET", "readGrants")("GetGrant", "grants/{id}", getGrant(services));
  on("DELETE", "grant")("DeleteGrant", "grants/{id}", deleteGrant(services));
  on("POST", "grant")("PostAccess", "grants/{id}/access", postAccess(services));
  on("GET", "grant")("ListChanges", "grants/{id}/changes", listChanges(services));
}
