/** What ARM's answer to a start makes of the operation. */
import { vmNameOf } from "../fleet/vm-key.ts";
import type { Stored } from "../state/entity-table.ts";
import type { Log } from "../telemetry.ts";
import type { Arm, ArmFailure } from "./arm.ts";
import { MOST_TRANSIENT_ERRORS, waitAfterError, waitBeforeLook } from "./backoff.ts";
import { type EndDeps, endOperation } from "./end-operation.ts";
import type { DelayedMessages, FollowUp } from "./messages.ts";
import { accept, leaveUnsettled, type Operation, postpone } from "./operation.ts";
import type { OperationId } from "./operation-id.ts";
import { createBudget, type Pace } from "./pacer.ts";

export interface SettleDeps extends EndDeps {
  readonly arm: Pick<Arm, "getRestorePoint">;
  readonly delayed: Pick<DelayedMessages, "startOperation" | "trackOperation">;
  readonly pace: Pace;
}

export function dropped(log: Log, operation: OperationId, reason: string): FollowUp {
  log.info("messageDropped", { operation, reason });
  return {};
}

export const budgetOf = ({ vm, request }: Operation): string =>
  createBudget(vmNameOf(vm).subscriptionId, request.collection.location);

/** Records `operation`, and comes back at `at`. Whoever loses the race leaves it to the winner. */
export async function wait(
  deps: SettleDeps,
  stored: Stored<Operation>,
  operation: Operation,
  at: Date,
  log: Log,
): Promise<FollowUp> {
  const { id } = operation;
  if ((await deps.tables.operations.replace(operation, stored.etag)) === "conflict") {
    return dropped(log, id, "raced");
  }
  log.info("operationPostponed", { operation: id, until: at.toISOString() });
  const delay = Math.max(0, at.getTime() - deps.now().getTime());
  await deps.delayed.startOperation({ operation: id }, delay);
  return {};
}

export async function accepted(
  deps: SettleDeps,
  stored: Stored<Operation>,
  answer: { statusUrl?: string; retryAfterMs?: number },
  log: Log,
): Promise<FollowUp> {
  const { id, vm, point } = stored.record;
  const delay = waitBeforeLook(1, answer.retryAfterMs);
  const nextLookAt = new Date(deps.now().getTime() + delay).toISOString();
  const operation = accept(stored.record, answer.statusUrl, nextLookAt);
  if ((await deps.tables.operations.replace(operation, stored.etag)) === "conflict") {
    return dropped(log, id, "raced");
  }
  log.info("restorePointSubmitted", { vm, point, operation: id });
  await deps.delayed.trackOperation({ operation: id, look: operation.look }, delay);
  return {};
}

export async function failed(
  deps: SettleDeps,
  stored: Stored<Operation>,
  failure: ArmFailure,
  log: Log,
): Promise<FollowUp> {
  const operation = stored.record;
  const now = deps.now();
  switch (failure.kind) {
    case "throttled": {
      const until = new Date(now.getTime() + failure.retryAfterMs);
      if (failure.subscriptionWide) await deps.pace.pause(budgetOf(operation), until);
      return await wait(deps, stored, postpone(operation, until.toISOString()), until, log);
    }
    case "unsettled": {
      if (operation.transientErrors >= MOST_TRANSIENT_ERRORS) {
        return await endOperation(deps, operation, { kind: "failed", error: failure.error }, log);
      }
      const until = new Date(now.getTime() + waitAfterError(operation.transientErrors + 1));
      log.warn("operationUnsettled", { operation: operation.id, code: failure.error.code });
      return await wait(deps, stored, leaveUnsettled(operation, until.toISOString()), until, log);
    }
    case "notFound":
      return await endOperation(deps, operation, { kind: "failed", error: failure.error }, log);
    case "refused":
      return failure.conflict
        ? await afterConflict(deps, stored, failure, log)
        : await endOperation(deps, operation, { kind: "failed", error: failure.error }, log);
    default:
      return failure satisfies never;
  }
}

/** A 409 may say that the point is there already: then an earlier PUT of ours was carried out after all. */
async function afterConflict(
  deps: SettleDeps,
  stored: Stored<Operation>,
  failure: ArmFailure & { kind: "refused" },
  log: Log,
): Promise<FollowUp> {
  const reading = await deps.arm.getRestorePoint(stored.record.target);
  if (reading.kind === "found") return await accepted(deps, stored, {}, log);
  return await failed(deps, stored, { ...failure, conflict: false }, log);
}
