/** A timer's firing as the host sends it to a function. */
import type { TriggerInput } from "../invocation/invoker.ts";
import { serialiseTimerStatus, type TimerStatus } from "./timer-status.ts";

/** The status is undefined when it is not kept. */
export function toRpcTimer(status: TimerStatus | undefined, isPastDue: boolean): TriggerInput {
  const json = JSON.stringify({
    Schedule: { AdjustForDST: true },
    ScheduleStatus: status === undefined ? null : JSON.parse(serialiseTimerStatus(status)),
    IsPastDue: isPastDue,
  });
  return { data: { json }, metadata: {} };
}
