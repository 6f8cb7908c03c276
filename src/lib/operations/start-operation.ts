/**
 * Starts one operation: takes its lease, calls ARM once, stores what is needed to look again.
 *
 *     state on arrival                what is done
 *     Planned, start not reserved     reserve a start; wait for it, or go on if it is now
 *     Planned, start in the future    dropped: the message of that time is on its way
 *     Planned, start reached          lease, request
 *     Submitting, lease running       another function is at it: come back when the lease has ended
 *     Submitting, lease ended         GET by name: there → adopt, not there → lease, request
 *     anything else                   out of date: dropped
 */
import type { Stored } from "../state/entity-table.ts";
import type { Log } from "../telemetry.ts";
import { afterSuccess } from "./after-success.ts";
import { MOST_TRANSIENT_ERRORS } from "./backoff.ts";
import { endOperation } from "./end-operation.ts";
import { kindOf } from "./kinds/kind-of.ts";
import type { Surroundings } from "./kinds/operation-kind.ts";
import type { FollowUp } from "./messages.ts";
import { type Operation, operationKey } from "./operation.ts";
import type { OperationId } from "./operation-id.ts";
import { postpone, queueUp, submit } from "./operation-moves.ts";
import { accepted, dropped, failed, type SettleDeps, unsettled, wait } from "./settle-start.ts";

export interface StartDeps extends SettleDeps, Surroundings {
  readonly tables: SettleDeps["tables"] & Surroundings["tables"];
  readonly recordedVms: SettleDeps["recordedVms"] & Surroundings["recordedVms"];
  readonly delayed: SettleDeps["delayed"] & Surroundings["delayed"];
  /** Longer than a request to ARM may take: after it, an earlier request is settled. */
  readonly submitLeaseMs: number;
}

/** A start this near is not worth a message. */
const SOON = 200;

export const startOperation =
  (deps: StartDeps) =>
  async (id: OperationId, log: Log): Promise<FollowUp> => {
    const stored = await deps.tables.operations.get(operationKey(id));
    if (stored === undefined) return dropped(log, id, "noOperation");
    const operation = stored.record;
    const now = deps.now();
    switch (operation.state) {
      case "Planned":
        return await startPlanned(deps, stored, now, log);
      case "Submitting": {
        const leaseUntil = new Date(operation.leaseUntil ?? now);
        if (leaseUntil > now) {
          await deps.delayed.startOperation(
            { operation: id },
            leaseUntil.getTime() - now.getTime(),
          );
          return {};
        }
        return await recover(deps, stored, log);
      }
      default:
        return dropped(log, id, operation.state);
    }
  };

async function startPlanned(
  deps: StartDeps,
  stored: Stored<Operation>,
  now: Date,
  log: Log,
): Promise<FollowUp> {
  const { id, startAt } = stored.record;
  const soon = new Date(now.getTime() + SOON);
  if (startAt !== undefined) {
    // The message of that time is on its way, and there must not be two.
    if (new Date(startAt) > soon) return dropped(log, id, "postponed");
    return await send(deps, stored, log);
  }
  const { budget } = kindOf(stored.record);
  const start = budget === undefined ? now : await deps.pace.nextStart(budget, now);
  if (start <= soon) return await send(deps, stored, log);
  return await wait(deps, stored, queueUp(stored.record, start, now), start, log);
}

/** The answer to the start was lost, or its sender died. The deterministic name tells what became of it. */
async function recover(deps: StartDeps, stored: Stored<Operation>, log: Log): Promise<FollowUp> {
  const found = await kindOf(stored.record).find(deps.arm);
  switch (found.kind) {
    case "absent":
      return await afterLoss(deps, stored, log);
    case "running":
    case "succeeded":
    case "failed":
      return await accepted(deps, stored, {}, log);
    default:
      return await unsettled(deps, stored, found, log);
  }
}

/** The request was not carried out: it is sent again, but not for ever. */
async function afterLoss(deps: StartDeps, stored: Stored<Operation>, log: Log): Promise<FollowUp> {
  const { transientErrors, error } = stored.record;
  if (transientErrors < MOST_TRANSIENT_ERRORS || error === undefined) {
    return await send(deps, stored, log);
  }
  return await endOperation(deps, stored.record, { kind: "failed", error, again: "later" }, log);
}

async function send(deps: StartDeps, stored: Stored<Operation>, log: Log): Promise<FollowUp> {
  const now = deps.now();
  const leaseMs = kindOf(stored.record).leaseMs ?? deps.submitLeaseMs;
  const operation = submit(stored.record, now, leaseMs);
  if (now.toISOString() > operation.deadlineAt) return await overdue(deps, stored.record, log);
  const leased = await deps.tables.operations.replace(operation, stored.etag);
  if (leased === "conflict") return dropped(log, operation.id, "raced");
  const answer = await kindOf(operation).submit(deps, log);
  switch (answer.kind) {
    case "accepted":
      return await accepted(deps, leased, answer, log);
    case "done":
      return await afterSuccess(deps, leased, { kind: "succeeded" }, log);
    case "later": {
      const until = new Date(deps.now().getTime() + answer.retryAfterMs);
      return await wait(deps, leased, postpone(operation, until.toISOString()), until, log);
    }
    default:
      return await failed(deps, leased, answer, log);
  }
}

async function overdue(deps: StartDeps, operation: Operation, log: Log): Promise<FollowUp> {
  const error = {
    code: "DeadlineExceeded",
    message: `ARM did not take the request before ${operation.deadlineAt}.`,
  };
  return await endOperation(deps, operation, { kind: "failed", error }, log);
}
