/** The HTTP functions: each route of the API with its handler, at a glance. */
import type { app as functionsApp } from "@azure/functions";
import type { Handler } from "./functions/call.ts";
import { checked } from "./functions/checked.ts";
import { deleteGrant } from "./functions/delete-grant.ts";
import { deletePartner } from "./functions/delete-partner.ts";
import { deletePolicy } from "./functions/delete-policy.ts";
import { deleteCopy, deleteRestorePoint } from "./functions/delete-restore-point.ts";
import { explainVm } from "./functions/explain-vm.ts";
import { getGrant } from "./functions/get-grant.ts";
import { getOperation } from "./functions/get-operation.ts";
import { getPolicy } from "./functions/get-policy.ts";
import { getRestorePoint } from "./functions/get-restore-point.ts";
import { getVm } from "./functions/get-vm.ts";
import { deleteLegalHold, getLegalHold, putLegalHold } from "./functions/legal-hold.ts";
import { listAudit } from "./functions/list-audit.ts";
import { listChanges } from "./functions/list-changes.ts";
import { listCopies } from "./functions/list-copies.ts";
import { listDisks } from "./functions/list-disks.ts";
import { listDrift } from "./functions/list-drift.ts";
import { listGrants } from "./functions/list-grants.ts";
import { listOperations } from "./functions/list-operations.ts";
import { listPolicies } from "./functions/list-policies.ts";
import { listReconciliations } from "./functions/list-reconciliations.ts";
import { listRestorePoints } from "./functions/list-restore-points.ts";
import { listRestores } from "./functions/list-restores.ts";
import { listUnprotected } from "./functions/list-unprotected.ts";
import { listVms } from "./functions/list-vms.ts";
import { outputs } from "./functions/outputs.ts";
import { postCopy } from "./functions/post-copy.ts";
import { postGrant } from "./functions/post-grant.ts";
import { postRestore } from "./functions/post-restore.ts";
import { postRestorePoint } from "./functions/post-restore-point.ts";
import { preflight } from "./functions/preflight.ts";
import { previewPolicy } from "./functions/preview-policy.ts";
import { putPartner } from "./functions/put-partner.ts";
import { putPolicy } from "./functions/put-policy.ts";
import { postAccess } from "./functions/read-access.ts";
import { getPartner, listPartners } from "./functions/read-partners.ts";
import { rebuild } from "./functions/rebuild.ts";
import { reportCompliance } from "./functions/report-compliance.ts";
import { retireVm } from "./functions/retire-vm.ts";
import { getSwitch, putSwitch } from "./functions/switches.ts";
import type { Route } from "./lib/api/route.ts";
import * as grants from "./lib/api/routes/grants.ts";
import * as operations from "./lib/api/routes/operations.ts";
import * as partners from "./lib/api/routes/partners.ts";
import * as policies from "./lib/api/routes/policies.ts";
import * as reports from "./lib/api/routes/reports.ts";
import * as changes from "./lib/api/routes/restore-point-changes.ts";
import * as restorePoints from "./lib/api/routes/restore-points.ts";
import * as restores from "./lib/api/routes/restores.ts";
import * as upkeep from "./lib/api/routes/upkeep.ts";
import * as vms from "./lib/api/routes/vms.ts";
import type { Services } from "./services.ts";

type HttpApp = Pick<typeof functionsApp, "http">;

export function registerRoutes(app: HttpApp, services: Services): void {
  app.http("Preflight", {
    route: "{*path}",
    methods: ["OPTIONS"],
    authLevel: "anonymous",
    handler: preflight(services),
  });
  // Every route goes through the caller check. Functions keys are not the authentication, hence `anonymous`.
  const on = <R extends Route>(route: R, handler: Handler<R>) =>
    app.http(route.name, {
      route: route.path,
      methods: [route.method],
      authLevel: "anonymous",
      extraOutputs: Object.values(outputs),
      handler: checked(services, route, handler),
    });
  on(vms.listVmsRoute, listVms(services));
  on(vms.getVmRoute, getVm(services));
  on(vms.explainVmRoute, explainVm(services));
  on(vms.retireVmRoute, retireVm(services));
  on(restorePoints.listRestorePointsRoute, listRestorePoints(services));
  on(restorePoints.getRestorePointRoute, getRestorePoint(services));
  on(restorePoints.listDisksRoute, listDisks(services));
  on(restorePoints.listCopiesRoute, listCopies(services));
  on(changes.postRestorePointRoute, postRestorePoint(services));
  on(changes.deleteRestorePointRoute, deleteRestorePoint(services));
  on(changes.postCopyRoute, postCopy(services));
  on(changes.deleteCopyRoute, deleteCopy(services));
  on(changes.getLegalHoldRoute, getLegalHold(services));
  on(changes.putLegalHoldRoute, putLegalHold(services));
  on(changes.deleteLegalHoldRoute, deleteLegalHold(services));
  on(restores.postRestoreRoute, postRestore(services));
  on(restores.listRestoresRoute, listRestores(services));
  on(operations.listOperationsRoute, listOperations(services));
  on(operations.getOperationRoute, getOperation(services));
  on(policies.listPoliciesRoute, listPolicies(services));
  on(policies.getPolicyRoute, getPolicy(services));
  on(policies.putPolicyRoute, putPolicy(services));
  on(policies.deletePolicyRoute, deletePolicy(services));
  on(policies.previewPolicyRoute, previewPolicy(services));
  on(partners.listPartnersRoute, listPartners(services));
  on(partners.getPartnerRoute, getPartner(services));
  on(partners.putPartnerRoute, putPartner(services));
  on(partners.deletePartnerRoute, deletePartner(services));
  on(upkeep.rebuildRoute, rebuild(services));
  on(upkeep.getSwitchRoute, getSwitch(services));
  on(upkeep.putSwitchRoute, putSwitch(services));
  on(reports.reportComplianceRoute, reportCompliance(services));
  on(reports.listUnprotectedRoute, listUnprotected(services));
  on(reports.listReconciliationsRoute, listReconciliations(services));
  on(reports.listDriftRoute, listDrift(services));
  on(reports.listAuditRoute, listAudit(services));
  on(grants.postGrantRoute, postGrant(services));
  on(grants.listGrantsRoute, listGrants(services));
  on(grants.getGrantRoute, getGrant(services));
  on(grants.deleteGrantRoute, deleteGrant(services));
  on(grants.postAccessRoute, postAccess(services));
  on(grants.listChangesRoute, listChanges(services));
}
