/** What ARM's answer to a start makes of the operation. */
import type { Stored } from "../state/entity-table.ts";
import type { Log } from "../telemetry.ts";
import type { Arm, ArmFailure } from "./arm.ts";
import { waitAfterError } from "./backoff.ts";
import { endOperation } from "./end-operation.ts";
import { type EndDeps, unknownOutcome } from "./endings/ending.ts";
import { kindOf } from "./kinds/kind-of.ts";
import type { DelayedMessages, FollowUp } from "./messages.ts";
import type { Operation } from "./operation.ts";
import type { OperationId } from "./operation-id.ts";
import { accept, leaveUnsettled, postpone } from "./operation-moves.ts";
import type { Pace } from "./pacer.ts";

export interface SettleDeps extends EndDeps {
  readonly arm: Arm;
  readonly delayed: EndDeps["delayed"] & Pick<DelayedMessages, "startOperation" | "trackOperation">;
  readonly pace: Pace;
}

export function dropped(log: Log, operation: OperationId, reason: string): FollowUp {
  log.info("messageDropped", { operation, reason });
  return {};
}

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
  answer: { statusUrl?: string; resultUrl?: string; retryAfterMs?: number },
  log: Log,
): Promise<FollowUp> {
  const { id, vm, point } = stored.record;
  const kind = kindOf(stored.record);
  const delay = Math.max(answer.retryAfterMs ?? 0, kind.firstWait);
  const nextLookAt = new Date(deps.now().getTime() + delay).toISOString();
  const operation = accept(stored.record, answer, nextLookAt);
  if ((await deps.tables.operations.replace(operation, stored.etag)) === "conflict") {
    return dropped(log, id, "raced");
  }
  log.info(kind.events.submitted, { vm, point, operation: id });
  await deps.delayed.trackOperation({ operation: id, look: operation.look }, delay);
  return {};
}

/** The request was not accepted. */
export async function failed(
  deps: SettleDeps,
  stored: Stored<Operation>,
  failure: ArmFailure,
  log: Log,
): Promise<FollowUp> {
  const operation = stored.record;
  switch (failure.kind) {
    case "throttled": {
      const until = new Date(deps.now().getTime() + failure.retryAfterMs);
      const { budget } = kindOf(operation);
      if (failure.subscriptionWide && budget) await deps.pace.pause(budget, until);
      return await wait(deps, stored, postpone(operation, until.toISOString()), until, log);
    }
    case "unsettled":
      return await unsettled(deps, stored, failure, log);
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

/**
 * Nobody knows whether the restore point is there, and it stays so until its name has been read. However long that
 * takes, another attempt would risk a second restore point for the slot; so only the deadline ends this.
 */
export async function unsettled(
  deps: SettleDeps,
  stored: Stored<Operation>,
  failure: ArmFailure,
  log: Log,
): Promise<FollowUp> {
  const operation = stored.record;
  const delay =
    failure.kind === "throttled"
      ? failure.retryAfterMs
      : Math.min(waitAfterError(operation.transientErrors + 1), kindOf(operation).longestWait);
  const until = new Date(deps.now().getTime() + delay);
  if (until.toISOString() > operation.deadlineAt) {
    return await endOperation(deps, operation, unknownOutcome(failure.error), log);
  }
  log.warn("operationUnsettled", { operation: operation.id, code: failure.error.code });
  const waiting = leaveUnsettled(operation, until.toISOString(), failure.error);
  return await wait(deps, stored, waiting, until, log);
}

/** A 409 may say that it is there, or under way, already: then an earlier request of ours was carried out after all. */
async function afterConflict(
  deps: SettleDeps,
  stored: Stored<Operation>,
  failure: ArmFailure & { kind: "refused" },
  log: Log,
): Promise<FollowUp> {
  const found = await kindOf(stored.record).find(deps.arm);
  switch (found.kind) {
    case "absent":
      return await failed(deps, stored, { ...failure, conflict: false }, log);
    case "running":
    case "succeeded":
    case "failed":
      return await accepted(deps, stored, {}, log);
    default:
      return await unsettled(deps, stored, found, log);
  }
}
