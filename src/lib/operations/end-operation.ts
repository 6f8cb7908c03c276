/**
 * The end of an operation, written in an order that a crash anywhere can repeat: the point, the slot, the operation
 * itself, and only then the row that the sweep goes by.
 */
import { type Protection, protectionKey, waitsForPlan } from "../fleet/protection.ts";
import { type Point, pointKey } from "../fleet/restore-point.ts";
import { changeRecord } from "../state/change-record.ts";
import type { Tables } from "../state/tables.ts";
import type { Log } from "../telemetry.ts";
import type { RestorePointReading } from "./arm.ts";
import { remedyFor } from "./arm-error.ts";
import type { ArmProblem } from "./arm-problem.ts";
import { dueAt } from "./due.ts";
import type { FollowUp } from "./messages.ts";
import { nextAttempt } from "./next-attempt.ts";
import { activeKey, end, isEnded, type Operation, operationKey } from "./operation.ts";

export interface EndDeps {
  readonly tables: Pick<Tables, "operations" | "active" | "points" | "protections" | "due">;
  readonly now: () => Date;
}

export type Ending =
  | { readonly kind: "succeeded"; readonly restorePoint: RestorePointReading }
  | {
      readonly kind: "failed";
      readonly error: ArmProblem;
      /**
       * `never`: nobody knows whether the restore point is there, and another attempt could make a second one.
       * `later`: it is known not to be there, and the error says nothing about the VM. Left out: the error decides.
       */
      readonly again?: "never" | "later";
    };

/** The deadline has passed, and Azure could not be asked. */
export const unknownOutcome = ({ code, message }: ArmProblem): Ending => ({
  kind: "failed",
  again: "never",
  error: {
    code,
    message,
    advice:
      "Azure could not be asked before the deadline; the restore point may be there after all.",
  },
});

export async function endOperation(
  deps: EndDeps,
  operation: Operation,
  outcome: Ending,
  log: Log,
): Promise<FollowUp> {
  const { tables, now } = deps;
  const ending = withAdvice(outcome);
  await changeRecord(tables.points, pointKey(operation.vm, operation.point), (point) =>
    point.state === "Creating" ? endedPoint(point, ending, now()) : undefined,
  );
  await changeRecord(tables.protections, protectionKey(operation.vm), (protection) =>
    closeAttempt(protection, operation, ending, now()),
  );
  const error = ending.kind === "failed" ? ending.error : undefined;
  const state = ending.kind === "failed" ? "Failed" : "Succeeded";
  let first = false;
  await changeRecord(tables.operations, operationKey(operation.id), (current) => {
    first = !isEnded(current);
    return first ? end(current, state, now(), error) : undefined;
  });
  if (first) logEnd(log, operation, ending);
  return await clearUp(deps, operation);
}

/** What follows a terminal operation. Repeating it is harmless. */
export async function clearUp({ tables, now }: EndDeps, operation: Operation): Promise<FollowUp> {
  const stored = await tables.protections.get(protectionKey(operation.vm));
  const protection = stored?.record;
  const [first] = protection?.openSlots ?? [];
  if (first && !first.operation) {
    await tables.due.upsert(dueAt(operation.vm, new Date(first.notBefore)));
  }
  await tables.active.remove(activeKey(operation.id));
  return protection && waitsForPlan(protection, now()) ? { plan: [{ vm: operation.vm }] } : {};
}

function withAdvice(ending: Ending): Ending {
  if (ending.kind === "succeeded") return ending;
  const { advice } =
    ending.again === "later"
      ? { advice: "Azure did not answer as it should; it is tried again." }
      : remedyFor(ending.error);
  return { ...ending, error: { advice, ...ending.error } };
}

function endedPoint(point: Point, ending: Ending, now: Date): Point {
  const endedAt = now.toISOString();
  if (ending.kind === "failed") return { ...point, state: "Failed", endedAt, error: ending.error };
  const { consistencyMode, timeCreated, disks } = ending.restorePoint;
  return {
    ...point,
    state: "Succeeded",
    endedAt,
    disks: [...disks],
    ...(consistencyMode === undefined ? {} : { consistencyMode }),
    ...(timeCreated === undefined ? {} : { timeCreated }),
  };
}

/** Undefined: the attempt is closed already, by an earlier try of this very step. */
function closeAttempt(
  protection: Protection,
  operation: Operation,
  ending: Ending,
  now: Date,
): Protection | undefined {
  const [slot, ...waiting] = protection.openSlots;
  if (slot?.operation !== operation.id) return undefined;
  const updatedAt = now.toISOString();
  const collectionId = operation.request.collection.id;
  const { consistency } = slot;
  const closed = { slot: slot.slot, at: slot.at, point: operation.point, consistency };
  if (ending.kind === "succeeded") {
    const lastSlot = { ...closed, state: "Succeeded" as const };
    return { ...protection, collectionId, openSlots: waiting, lastSlot, updatedAt };
  }
  const { error } = ending;
  const lastSlot = { ...closed, state: "Failed" as const, error };
  const mayTryAgain = protection.status === "Protected" && ending.again !== "never";
  const remedy = ending.again === "later" ? "retryLater" : remedyFor(error).remedy;
  const again = mayTryAgain ? nextAttempt(slot, operation, error, now, remedy) : undefined;
  const openSlots = again ? [again, ...waiting] : waiting;
  return { ...protection, openSlots, lastSlot, updatedAt };
}

function logEnd(log: Log, { id, vm, point }: Operation, ending: Ending): void {
  const fields = { vm, point, operation: id };
  if (ending.kind === "succeeded") {
    const { consistencyMode, disks } = ending.restorePoint;
    log.info("restorePointSucceeded", { ...fields, consistencyMode, disks: disks.length });
  } else {
    const { code, message, advice } = ending.error;
    log.warn("restorePointFailed", { ...fields, code, message, advice });
  }
}
