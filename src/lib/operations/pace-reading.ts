/** Readings of VMs and collections, at the pace that ARM allows a caller in one subscription. */
import { budgetFor, type Pace } from "./pacer.ts";

export interface PaceReadingDeps {
  readonly pace: Pick<Pace, "nextStart" | "pause">;
  readonly now: () => Date;
}

/** A turn this near is not worth another message. */
const SOON = 200;

const budgetOf = (subscriptionId: string): string => budgetFor("readVm", subscriptionId, "all");

/** Milliseconds until so many readings may be made; 0 for now. */
export async function untilReading(
  { pace, now }: PaceReadingDeps,
  subscriptionId: string,
  count = 1,
): Promise<number> {
  const at = now();
  const turns = Array.from({ length: count }, () => pace.nextStart(budgetOf(subscriptionId), at));
  const last = Math.max(...(await Promise.all(turns)).map((turn) => turn.getTime()));
  const wait = last - at.getTime();
  return wait <= SOON ? 0 : wait;
}

/** After a 429 to a reading: nobody reads before it is over. */
export const pauseReading = (
  { pace, now }: PaceReadingDeps,
  subscriptionId: string,
  retryAfterMs: number,
): Promise<void> => pace.pause(budgetOf(subscriptionId), new Date(now().getTime() + retryAfterMs));
