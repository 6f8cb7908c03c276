/** A fleet that is tagged at once is read at the pace that ARM allows, instead of meeting 429. */
import { vmNameOf } from "../fleet/vm-key.ts";
import type { DelayedMessages, PlanVmMessage } from "../operations/messages.ts";
import { budgetFor, type Pace } from "../operations/pacer.ts";

export interface PaceReadingDeps {
  readonly delayed: Pick<DelayedMessages, "planVm">;
  readonly pace: Pick<Pace, "nextStart">;
  readonly now: () => Date;
}

/** A reading this near is not worth another message. */
const SOON = 200;

/** Whether the message was sent on its way to a time of its own. */
export async function isPostponed(
  { pace, delayed, now }: PaceReadingDeps,
  message: PlanVmMessage,
): Promise<boolean> {
  if (message.paced) return false;
  const at = now();
  const budget = budgetFor("readVm", vmNameOf(message.vm).subscriptionId, "all");
  const delay = (await pace.nextStart(budget, at)).getTime() - at.getTime();
  if (delay <= SOON) return false;
  await delayed.planVm({ ...message, paced: true }, delay);
  return true;
}
