/**
 * What becomes of a message that failed as often as the host tries. Nothing dies silently, and nothing is repeated
 * blindly: Azure is asked what happened, and only an operation that Azure knows nothing of is given up.
 */
import type { VmKey } from "../fleet/vm-key.ts";
import type { Tables } from "../state/tables.ts";
import type { Log } from "../telemetry.ts";
import type { Arm } from "./arm.ts";
import { dueAt } from "./due.ts";
import { clearUp, type EndDeps, endOperation } from "./end-operation.ts";
import type { FollowUp } from "./messages.ts";
import { isEnded, operationKey } from "./operation.ts";
import type { OperationId } from "./operation-id.ts";

/** A VM whose planning failed is planned again after this. */
const PLAN_AGAIN_MS = 5 * 60_000;

export interface PoisonDeps extends EndDeps {
  readonly tables: EndDeps["tables"] & Pick<Tables, "due">;
  readonly arm: Pick<Arm, "getRestorePoint">;
}

export const settlePoisonedPlan =
  ({ tables, now }: PoisonDeps) =>
  async (vm: VmKey, log: Log): Promise<void> => {
    log.error("messagePoisoned", { vm, retryInMs: PLAN_AGAIN_MS });
    await tables.due.upsert(dueAt(vm, new Date(now().getTime() + PLAN_AGAIN_MS)));
  };

export const settlePoisonedOperation =
  (deps: PoisonDeps) =>
  async (id: OperationId, log: Log): Promise<FollowUp> => {
    const operation = (await deps.tables.operations.get(operationKey(id)))?.record;
    log.error("messagePoisoned", {
      operation: id,
      state: operation?.state,
      code: operation?.error?.code,
    });
    if (operation === undefined) return {};
    if (isEnded(operation)) return await clearUp(deps, operation);
    const reading = await deps.arm.getRestorePoint(operation.target);
    if (reading.kind === "found") {
      const { restorePoint } = reading;
      return restorePoint.provisioningState === "Succeeded"
        ? await endOperation(deps, operation, { kind: "succeeded", restorePoint }, log)
        : {}; // Azure is at it; the sweep looks again.
    }
    if (reading.kind !== "notFound") return {};
    const error = {
      code: "MessagePoisoned",
      message:
        "The operation's message failed as often as the host tries, and Azure has no such restore point.",
      advice: "Search the logs for the operation's id.",
    };
    return await endOperation(deps, operation, { kind: "failed", error }, log);
  };
