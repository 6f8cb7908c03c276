/**
 * When Event Grid tries again, and when it gives up.
 * https://learn.microsoft.com/azure/event-grid/delivery-and-retry
 *
 *   answer                          then
 *   200 … 204                       delivered
 *   400, 401, 403, 413              given up at once: the same request would fail again
 *   anything else, or none in 30 s  again after 10 s, 30 s, 1 m, 5 m, 10 m, 30 m, 1 h, 3 h, 6 h, 12 h, 12 h …
 *   … at most 30 times in 24 h      then given up; a subscription may ask for less
 */

export interface DeliveryPolicy {
  /** Milliseconds before the second attempt, the third, …; the last value repeats. */
  readonly retrySchedule: readonly number[];
  readonly responseTimeoutInMilliseconds: number;
  readonly maxDeliveryAttempts: number;
  readonly timeToLiveInMilliseconds: number;
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

export const azureDeliveryPolicy: DeliveryPolicy = {
  retrySchedule: [
    ...[10 * SECOND, 30 * SECOND, MINUTE, 5 * MINUTE, 10 * MINUTE, 30 * MINUTE],
    ...[HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR],
  ],
  responseTimeoutInMilliseconds: 30 * SECOND,
  maxDeliveryAttempts: 30,
  timeToLiveInMilliseconds: 24 * HOUR,
};

export type Verdict =
  | { readonly outcome: "Delivered" }
  /** The reason is the one that a dead letter tells. */
  | { readonly outcome: "Dropped"; readonly reason: string }
  | { readonly outcome: "Retrying"; readonly afterMilliseconds: number };

export interface Attempt {
  /** 1 for the first. */
  readonly number: number;
  readonly ageInMilliseconds: number;
  /** Undefined: no answer at all, or not in time. */
  readonly status: number | undefined;
}

/** Why the event is given up; only the first was seen, the others are named like it. */
const FINAL_STATUSES: Readonly<Record<number, string>> = {
  400: "UndeliverableDueToHttpBadRequest",
  401: "UndeliverableDueToHttpUnauthorized",
  403: "UndeliverableDueToHttpForbidden",
  413: "UndeliverableDueToHttpRequestEntityTooLarge",
};

/** What follows from one attempt. */
export function judge(attempt: Attempt, policy: DeliveryPolicy): Verdict {
  const { status, number } = attempt;
  if (status !== undefined && status >= 200 && status <= 204) return { outcome: "Delivered" };
  const final = FINAL_STATUSES[status ?? 0];
  if (final !== undefined) return { outcome: "Dropped", reason: final };
  if (number >= policy.maxDeliveryAttempts)
    return { outcome: "Dropped", reason: "MaxDeliveryAttemptsExceeded" };
  const schedule = policy.retrySchedule;
  const afterMilliseconds = schedule[number - 1] ?? schedule.at(-1) ?? 0;
  if (attempt.ageInMilliseconds + afterMilliseconds > policy.timeToLiveInMilliseconds)
    return { outcome: "Dropped", reason: "TimeToLiveExceeded" };
  return { outcome: "Retrying", afterMilliseconds };
}
