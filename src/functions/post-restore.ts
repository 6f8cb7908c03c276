import * as z from "zod";
import { notFound } from "../lib/api/api-error.ts";
import { operationHeaders } from "../lib/api/operation-location.ts";
import { demandInScope, refusalOf, unavailable } from "../lib/api/restore-errors.ts";
import type { postRestoreRoute } from "../lib/api/routes/restores.ts";
import { restoreResource } from "../lib/api/shapes/restore.ts";
import { restorePlan } from "../lib/api/shapes/restore-plan.ts";
import { vmNameOf } from "../lib/fleet/vm-key.ts";
import {
  type OperationId,
  operationIdOf,
  operationIdSchema,
} from "../lib/operations/operation-id.ts";
import { budgetFor } from "../lib/operations/pacer.ts";
import { type StartDeps, startOperation } from "../lib/operations/start-operation.ts";
import type { CheckDeps } from "../lib/restores/checks/verdict.ts";
import { planRestore } from "../lib/restores/plan-restore.ts";
import { type RequestRestoreDeps, requestRestore } from "../lib/restores/request-restore.ts";
import type { Call, Handler } from "./call.ts";
import { type RepeatableDeps, repeatable } from "./repeatable.ts";
import { askedBy } from "./request-answer.ts";

type RequestDeps = Omit<RequestRestoreDeps, "start">;
type Deps = CheckDeps &
  RequestDeps &
  RepeatableDeps &
  StartDeps & {
    readonly tables: CheckDeps["tables"] &
      RequestDeps["tables"] &
      RepeatableDeps["tables"] &
      StartDeps["tables"];
    readonly recordedVms: CheckDeps["recordedVms"] & StartDeps["recordedVms"];
    readonly arm: CheckDeps["arm"] & StartDeps["arm"];
  };

type RestoreCall = Call<typeof postRestoreRoute>;

export function postRestore(services: Deps): Handler<typeof postRestoreRoute> {
  const begin = repeatable<typeof postRestoreRoute, { operation: OperationId }>(services, {
    made: z.object({ operation: operationIdSchema }),
    // The id alone. What is made is asked for with the answer, each time: `requestRestore` knows a restore by its id, and
    // begins one that has failed anew. So the same request, sent again, tries again what failed.
    make: async ({ params }, { newId }) => ({
      operation: operationIdOf(params.vm, newId("restore")),
    }),
    answer: (call, { operation }) => accepted(services, call, operation),
  });
  return async (call) => {
    demandInScope(call.caller, call.params.vm, call.body);
    return call.body.dryRun ? await planned(services, call) : await begin(call);
  };
}

const askingFor = (call: RestoreCall) => ({
  ...askedBy(call),
  partner: call.caller.partner !== undefined,
});

/** A start this near is as good as now. */
const SOON_MS = 1000;

/** Nothing is made, so a repetition is another look. */
async function planned(services: Deps, call: RestoreCall) {
  const { vm, point } = call.params;
  const at = services.now();
  // Its readings are as many as those of a restore that is made.
  const budget = budgetFor("checkRestore", vmNameOf(vm).subscriptionId, "all");
  const start = await services.pace.nextStart(budget, at);
  const retryAfterMs = start.getTime() - at.getTime();
  if (retryAfterMs > SOON_MS) throw unavailable({ kind: "throttled", retryAfterMs });
  const id = operationIdOf(vm, services.newUlid(at));
  const plan = await planRestore(services, { id, at, ...askingFor(call) }, point, call.body);
  switch (plan.kind) {
    case "planned":
      return { status: 200, body: restorePlan(plan, call.caller.partner !== undefined) } as const;
    case "notFound":
      throw notFound();
    default:
      throw unavailable(plan);
  }
}

async function accepted(services: Deps, call: RestoreCall, id: OperationId) {
  const asked = { id, at: services.now(), ...askingFor(call) };
  const requested = await requestRestore(
    { ...services, start: startOperation(services) },
    asked,
    call.params.point,
    call.body,
    call.log,
  );
  if (requested.kind !== "accepted") throw refusalOf(requested, call.caller);
  call.invocation.send(requested.followUp);
  return {
    status: 202,
    headers: operationHeaders(call, id),
    body: restoreResource(requested.restore, call.caller.partner !== undefined),
  } as const;
}
