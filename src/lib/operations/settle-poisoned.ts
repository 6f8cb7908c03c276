/**
 * What becomes of a message that failed as often as the host tries. Nothing dies silently, and nothing is repeated
 * blindly: Azure is asked what happened, and only an operation that Azure knows nothing of is given up.
 */
import type { VmKey } from "../fleet/vm-key.ts";
import type { Log } from "../telemetry.ts";
import { afterSuccess } from "./after-success.ts";
import type { Arm } from "./arm.ts";
import { type Due, dueAt } from "./due.ts";
import { clearUp, endOperation } from "./end-operation.ts";
import type { EndDeps } from "./endings/ending.ts";
import { kindOf } from "./kinds/kind-of.ts";
import type { FollowUp } from "./messages.ts";
import { isEnded, operationKey } from "./operation.ts";
import type { OperationId } from "./operation-id.ts";

/** A VM whose planning failed is planned again after this. */
const PLAN_AGAIN_MS = 5 * 60_000;

export interface PoisonDeps extends EndDeps {
  readonly arm: Arm;
}

export const settlePoisonedPlan =
  ({ tables, now }: PoisonDeps) =>
  async (vm: VmKey, kind: Due["kind"], log: Log): Promise<void> => {
    log.error("messagePoisoned", { vm, kind, retryInMs: PLAN_AGAIN_MS });
    await tables.due.upsert(dueAt(vm, new Date(now().getTime() + PLAN_AGAIN_MS), kind));
  };

export const settlePoisonedOperation =
  (deps: PoisonDeps) =>
  async (id: OperationId, log: Log): Promise<FollowUp> => {
    const stored = await deps.tables.operations.get(operationKey(id));
    const operation = stored?.record;
    log.error("messagePoisoned", {
      operation: id,
      state: operation?.state,
      code: operation?.error?.code,
    });
    if (stored === undefined || operation === undefined) return {};
    if (isEnded(operation)) return await clearUp(deps, operation);
    const found = await kindOf(operation).find(deps.arm);
    if (found.kind === "succeeded") return await afterSuccess(deps, stored, found, log);
    // Azure is at it, or cannot be asked; the sweep looks again.
    if (found.kind !== "absent") return {};
    const error = {
      code: "MessagePoisoned",
      message:
        "The operation's message failed as often as the host tries, and Azure knows nothing of it.",
      advice: "Search the logs for the operation's id.",
    };
    return await endOperation(deps, operation, { kind: "failed", error }, log);
  };
