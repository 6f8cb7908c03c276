/**
 * What a timer does when its host starts, from the status the last host left:
 *
 *   none stored                          → a new status, no run
 *   stored next ≠ the schedule's         → the schedule was changed: recomputed, and a missed time is forgiven
 *   stored next < now                    → one run, past due, however many were missed
 *   else                                 → wait
 *
 * `runOnStartup` adds a run where none is past due.
 */
import type { Schedule } from "./schedule.ts";
import type { TimerStatus } from "./timer-status.ts";

export interface StartDecision {
  readonly status: TimerStatus;
  /** The status differs from what is stored. */
  readonly isChanged: boolean;
  readonly isPastDue: boolean;
}

/** Undefined when the schedule never fires again. */
export function decideStart(
  stored: TimerStatus | undefined,
  schedule: Pick<Schedule, "next">,
  now: Date,
): StartDecision | undefined {
  const fresh = schedule.next(now);
  if (fresh === undefined) return undefined;
  const restart = { last: undefined, next: fresh, lastUpdated: now };
  if (stored === undefined) return { status: restart, isChanged: true, isPastDue: false };
  const from = stored.last ?? stored.lastUpdated;
  const expected = schedule.next(from);
  if (expected?.getTime() === stored.next.getTime()) {
    return { status: stored, isChanged: false, isPastDue: now > stored.next };
  }
  const status =
    expected === undefined || now > expected
      ? restart
      : { last: undefined, next: expected, lastUpdated: from };
  return { status, isChanged: true, isPastDue: false };
}
