/** The trigger table: every function's name, trigger, queue and schedule, at a glance; the HTTP functions are in `routes.ts`. */
import type { app as functionsApp } from "@azure/functions";
import { cleanUp } from "./functions/clean-up.ts";
import { dueVms } from "./functions/due-vms.ts";
import { endGrants } from "./functions/end-grants.ts";
import { findBreaches } from "./functions/find-breaches.ts";
import { notify } from "./functions/notify.ts";
import { outputs } from "./functions/outputs.ts";
import { planFleet } from "./functions/plan-fleet.ts";
import { planPoints } from "./functions/plan-points.ts";
import { planVm } from "./functions/plan-vm.ts";
import {
  poisonedEndGrants,
  poisonedFleet,
  poisonedGrant,
  poisonedNotice,
  poisonedOperation,
  poisonedPass,
  poisonedPlan,
  poisonedPoints,
} from "./functions/poison-messages.ts";
import { reconcileFleet, reconcilePage } from "./functions/reconcile-fleet.ts";
import { resourceChanged } from "./functions/resource-changed.ts";
import { revokeGrant } from "./functions/revoke-grant.ts";
import { startOperation } from "./functions/start-operation.ts";
import { sweepGrants } from "./functions/sweep-grants.ts";
import { sweepOperations } from "./functions/sweep-operations.ts";
import { trackOperation } from "./functions/track-operation.ts";
import { poisonQueueOf, queues, storageConnection } from "./names.ts";
import type { Services } from "./services.ts";

export type App = Pick<typeof functionsApp, "eventGrid" | "http" | "storageQueue" | "timer">;

export function registerTriggers(app: App, services: Services): void {
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

  queue("Notify", queues.notify, notify(services));
  queue("PoisonNotify", poisonQueueOf(queues.notify), poisonedNotice(services));

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

  app.timer("FindBreaches", { schedule: "5 */15 * * * *", handler: findBreaches(services) });
}
