/**
 * Looks once at an operation. There is one chain of looks: a message carries its number, the look's outcome moves
 * the operation to the next number together with its time, and then the next message is sent. A message whose
 * number is not the operation's is out of date; a chain that broke is taken up again by the sweep.
 */
import type { Stored } from "../state/entity-table.ts";
import type { Log } from "../telemetry.ts";
import type { Arm, ArmFailure, Look, RestorePointReading } from "./arm.ts";
import { waitAfterError, waitBeforeLook } from "./backoff.ts";
import { clearUp, type EndDeps, endOperation, unknownOutcome } from "./end-operation.ts";
import type { DelayedMessages, FollowUp, TrackOperationMessage } from "./messages.ts";
import { isEnded, lookAgain, type Operation, operationKey } from "./operation.ts";

export interface TrackDeps extends EndDeps {
  readonly arm: Pick<Arm, "look" | "getRestorePoint">;
  readonly delayed: Pick<DelayedMessages, "trackOperation">;
}

export const trackOperation =
  (deps: TrackDeps) =>
  async ({ operation: id, look }: TrackOperationMessage, log: Log): Promise<FollowUp> => {
    const stored = await deps.tables.operations.get(operationKey(id));
    const operation = stored?.record;
    if (operation?.look !== look || stored === undefined) {
      log.info("messageDropped", { operation: id, look, reason: "outOfDate" });
      return {};
    }
    if (isEnded(operation)) return await clearUp(deps, operation);
    const now = deps.now();
    const seen = await lookOnce(deps, operation);
    log.info("operationLooked", { operation: id, look, seen: seen.kind });
    switch (seen.kind) {
      case "succeeded":
      case "failed":
        return await endOperation(deps, operation, seen, log);
      case "running":
        return await again(
          deps,
          stored,
          { delay: waitBeforeLook(look + 1, seen.retryAfterMs), transientErrors: 0, now },
          log,
        );
      case "throttled": {
        const { transientErrors } = operation;
        return await again(deps, stored, { delay: seen.retryAfterMs, transientErrors, now }, log);
      }
      default:
        return await afterError(deps, stored, seen, now, log);
    }
  };

type Seen =
  | { readonly kind: "running"; readonly retryAfterMs?: number }
  | { readonly kind: "succeeded"; readonly restorePoint: RestorePointReading }
  | Extract<Look, { kind: "failed" }>
  | ArmFailure;

/** The status URL if it answers; the restore point when that says Succeeded, or the URL is unknown, gone or refused. */
async function lookOnce({ arm }: TrackDeps, operation: Operation): Promise<Seen> {
  if (operation.statusUrl !== undefined) {
    const look = await arm.look(operation.statusUrl);
    const asksForPoint =
      look.kind === "succeeded" || look.kind === "notFound" || look.kind === "refused";
    if (!asksForPoint) return look;
  }
  const reading = await arm.getRestorePoint(operation.target);
  return reading.kind === "found" ? seenIn(reading.restorePoint) : reading;
}

function seenIn(restorePoint: RestorePointReading): Seen {
  const { provisioningState } = restorePoint;
  switch (provisioningState.toLowerCase()) {
    case "succeeded":
      return { kind: "succeeded", restorePoint };
    case "creating":
    case "updating":
      return { kind: "running" };
    default: {
      const message = `Azure gives the state ${provisioningState} and no reason.`;
      return { kind: "failed", error: { code: `RestorePoint${provisioningState}`, message } };
    }
  }
}

async function again(
  deps: TrackDeps,
  stored: Stored<Operation>,
  { delay, transientErrors, now }: { delay: number; transientErrors: number; now: Date },
  log: Log,
): Promise<FollowUp> {
  const nextLookAt = new Date(now.getTime() + delay).toISOString();
  const operation = lookAgain(stored.record, nextLookAt, transientErrors);
  const { id, look, deadlineAt } = operation;
  if (nextLookAt > deadlineAt) {
    const error = {
      code: "DeadlineExceeded",
      message: `Azure did not finish before ${deadlineAt}.`,
    };
    return await endOperation(deps, stored.record, unknownOutcome(error), log);
  }
  if ((await deps.tables.operations.replace(operation, stored.etag)) !== "conflict") {
    await deps.delayed.trackOperation({ operation: id, look }, delay);
  }
  return {};
}

/** A look that fails says nothing about the operation: only the deadline ends such looks. */
async function afterError(
  deps: TrackDeps,
  stored: Stored<Operation>,
  failure: Exclude<ArmFailure, { kind: "throttled" }>,
  now: Date,
  log: Log,
): Promise<FollowUp> {
  if (failure.kind === "notFound") {
    return await endOperation(deps, stored.record, { kind: "failed", error: failure.error }, log);
  }
  const transientErrors = stored.record.transientErrors + 1;
  log.warn("operationUnsettled", { operation: stored.record.id, code: failure.error.code });
  return await again(
    deps,
    stored,
    { delay: waitAfterError(transientErrors), transientErrors, now },
    log,
  );
}
