/** A fleet that is tagged at once is read at the pace that ARM allows, instead of meeting 429. */
import { vmNameOf } from "../fleet/vm-key.ts";
import type { ArmFailure } from "../operations/arm.ts";
import type { DelayedMessages, PlanVmMessage } from "../operations/messages.ts";
import { type PaceReadingDeps, pauseReading, untilReading } from "../operations/pace-reading.ts";

export interface PacePlanDeps extends PaceReadingDeps {
  readonly delayed: Pick<DelayedMessages, "planVm">;
}

/** Whether the message was sent on its way to a time of its own. */
export async function isPostponed(deps: PacePlanDeps, message: PlanVmMessage): Promise<boolean> {
  if (message.paced) return false;
  const delay = await untilReading(deps, vmNameOf(message.vm).subscriptionId);
  if (delay === 0) return false;
  await deps.delayed.planVm({ ...message, paced: true }, delay);
  return true;
}

/** What met a 429 queues up again: all at once would only meet the next. */
export async function postponeThrottled(
  deps: PacePlanDeps,
  { paced: _, ...message }: PlanVmMessage,
  { retryAfterMs, subscriptionWide }: Extract<ArmFailure, { kind: "throttled" }>,
): Promise<void> {
  const { subscriptionId } = vmNameOf(message.vm);
  if (subscriptionWide) await pauseReading(deps, subscriptionId, retryAfterMs);
  await deps.delayed.planVm(message, retryAfterMs);
}
