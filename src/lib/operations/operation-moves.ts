/** The moves of an operation from state to state. Pure. */
import type { ArmProblem } from "./arm-problem.ts";
import type { Operation } from "./operation.ts";

/** The function that makes this move is the one that calls ARM, for as long as the lease lasts. */
export const submit = (operation: Operation, now: Date, leaseMs: number): Operation => ({
  ...operation,
  state: "Submitting",
  submittedAt: now.toISOString(),
  leaseUntil: later(now, leaseMs),
});

/** ARM has it. */
export function accept(
  operation: Operation,
  { statusUrl, resultUrl }: { statusUrl?: string; resultUrl?: string },
  nextLookAt: string,
): Operation {
  const { leaseUntil: _, error: __, ...rest } = operation;
  const url = statusUrl === undefined ? {} : { statusUrl };
  const look = operation.look + 1;
  const accepted = { ...rest, ...url, state: "InProgress", look, nextLookAt } as const;
  return accepted.kind === "grantAccess" && resultUrl !== undefined
    ? { ...accepted, resultUrl, transientErrors: 0 }
    : { ...accepted, transientErrors: 0 };
}

/** One step is done, and the next is to be started. */
export function startNext(operation: Operation): Operation {
  const { leaseUntil: _, nextLookAt: __, startAt: ___, error: ____, ...rest } = operation;
  return { ...rest, state: "Planned", transientErrors: 0 };
}

/** ARM has not taken it: the whole start is due again. */
export function postpone(operation: Operation, startAt: string): Operation {
  const { leaseUntil: _, submittedAt: __, ...rest } = operation;
  return { ...rest, state: "Planned", startAt };
}

/** Its turn comes at `start`. A place in the queue does not count against the deadline. */
export function queueUp(operation: Operation, start: Date, now: Date): Operation {
  const deadline = Date.parse(operation.deadlineAt) + start.getTime() - now.getTime();
  const waiting = { ...operation, deadlineAt: new Date(deadline).toISOString() };
  return postpone(waiting, start.toISOString());
}

/** Nobody knows whether ARM has it. When the lease ends, the restore point's name tells. */
export const leaveUnsettled = (
  operation: Operation,
  leaseUntil: string,
  error: ArmProblem,
): Operation => ({
  ...operation,
  state: "Submitting",
  leaseUntil,
  transientErrors: operation.transientErrors + 1,
  error,
});

export const lookAgain = (
  operation: Operation,
  nextLookAt: string,
  transientErrors: number,
): Operation => ({ ...operation, look: operation.look + 1, nextLookAt, transientErrors });

export function end(
  operation: Operation,
  state: "Succeeded" | "Failed",
  now: Date,
  error?: Operation["error"],
): Operation {
  const { leaseUntil: _, nextLookAt: __, error: ___, ...rest } = operation;
  return { ...rest, state, endedAt: now.toISOString(), ...(error ? { error } : {}) };
}

const later = (now: Date, ms: number): string => new Date(now.getTime() + ms).toISOString();
