/**
 * Looks once at an operation. There is one chain of looks: a message carries its number, the look's outcome moves
 * the operation to the next number together with its time, and then the next message is sent. A message whose
 * number is not the operation's is out of date; a chain that broke is taken up again by the sweep.
 */
import type { Stored } from "../state/entity-table.ts";
import type { Log } from "../telemetry.ts";
import { afterSuccess } from "./after-success.ts";
import type { Arm, ArmFailure } from "./arm.ts";
import { waitAfterError, waitBeforeLook } from "./backoff.ts";
import { clearUp, endOperation } from "./end-operation.ts";
import { type EndDeps, unknownOutcome } from "./endings/ending.ts";
import { kindOf } from "./kinds/kind-of.ts";
import type { Found } from "./kinds/operation-kind.ts";
import type { DelayedMessages, FollowUp, TrackOperationMessage } from "./messages.ts";
import { isEnded, type Operation, operationKey } from "./operation.ts";
import { lookAgain } from "./operation-moves.ts";

export interface TrackDeps extends EndDeps {
  readonly arm: Arm;
  readonly delayed: EndDeps["delayed"] & Pick<DelayedMessages, "trackOperation">;
}

export const trackOperation =
  (deps: TrackDeps) =>
  async ({ operation: id, look }: TrackOperationMessage, log: Log): Promise<FollowUp> => {
    const stored = await deps.tables.operations.get(operationKey(id));
    const operation = stored?.record;
    if (stored === undefined || operation?.look !== look || !isLookedAt(operation)) {
      log.info("messageDropped", { operation: id, look, reason: "outOfDate" });
      return {};
    }
    if (isEnded(operation)) return await clearUp(deps, operation);
    const now = deps.now();
    const seen = await lookOnce(deps, operation);
    log.info("operationLooked", { operation: id, look, seen: seen.kind });
    switch (seen.kind) {
      case "succeeded":
        return await afterSuccess(deps, stored, seen, log);
      case "failed":
        return await endOperation(deps, operation, { ...seen, isFinal: true }, log);
      case "running":
        return await again(deps, stored, afterRunning(operation, seen, now), log);
      case "throttled": {
        const { transientErrors } = operation;
        return await again(deps, stored, { delay: seen.retryAfterMs, transientErrors, now }, log);
      }
      case "absent":
        return await endOperation(deps, operation, { kind: "failed", error: seen.error }, log);
      default:
        return await afterError(deps, stored, seen, now, log);
    }
  };

/** An operation between two of its steps keeps the number of its last look. */
const isLookedAt = (operation: Operation): boolean =>
  operation.state === "InProgress" || isEnded(operation);

/** The status URL if it answers; what is there under the name when that is not all there is to know, or it is unknown, gone or refused. */
async function lookOnce({ arm }: TrackDeps, operation: Operation): Promise<Found> {
  const kind = kindOf(operation);
  if (operation.statusUrl !== undefined) {
    const look = await arm.look(operation.statusUrl);
    const asksFurther =
      look.kind === "notFound" ||
      look.kind === "refused" ||
      (look.kind === "succeeded" && !kind.endsWithStatus);
    if (!asksFurther) return look;
  }
  return await kind.find(arm);
}

interface NextLook {
  readonly delay: number;
  readonly transientErrors: number;
  readonly percent?: number;
  readonly now: Date;
}

function afterRunning(
  operation: Operation,
  { retryAfterMs, percent }: Found & { kind: "running" },
  now: Date,
): NextLook {
  const { longestWait } = kindOf(operation);
  const delay = waitBeforeLook(operation.look + 1, retryAfterMs, longestWait);
  return { delay, transientErrors: 0, now, ...(percent === undefined ? {} : { percent }) };
}

async function again(
  deps: TrackDeps,
  stored: Stored<Operation>,
  { delay, transientErrors, percent, now }: NextLook,
  log: Log,
): Promise<FollowUp> {
  const nextLookAt = new Date(now.getTime() + delay).toISOString();
  const looked = lookAgain(stored.record, nextLookAt, transientErrors);
  const operation =
    looked.kind === "copyRestorePoint" && percent !== undefined ? { ...looked, percent } : looked;
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
  failure: Exclude<ArmFailure, { kind: "throttled" | "notFound" }>,
  now: Date,
  log: Log,
): Promise<FollowUp> {
  const transientErrors = stored.record.transientErrors + 1;
  log.warn("operationUnsettled", { operation: stored.record.id, code: failure.error.code });
  return await again(
    deps,
    stored,
    { delay: waitAfterError(transientErrors), transientErrors, now },
    log,
  );
}
