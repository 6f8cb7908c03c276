/** Follows what happens to one VM, from the stack's own activity feed. */
import type { Activity } from "../stack/activity.ts";
import { readActivities } from "../stack/activity-feed.ts";
import { vmNameIn } from "../stack/describe-activity.ts";

export interface Following {
  /** Everything about the VM up to its restore point's success; throws when that takes too long. */
  readonly finished: Promise<readonly Activity[]>;
  stop(): void;
}

const MOST_SECONDS = 60;

/** Resolves once connected, so that nothing after it is missed. */
export async function followVm(
  feedUrl: string,
  vm: string,
  onActivity: (activity: Activity) => void,
): Promise<Following> {
  const stopper = new AbortController();
  const timeout = AbortSignal.timeout(MOST_SECONDS * 1000);
  const activities = await readActivities(feedUrl, AbortSignal.any([stopper.signal, timeout]));
  const untilSucceeded = async () => {
    const seen: Activity[] = [];
    for await (const activity of activities) {
      if (vmNameIn(activity.fields) !== vm) continue;
      seen.push(activity);
      onActivity(activity);
      if (activity.name === "restorePointSucceeded") return seen;
    }
    throw new Error("The stack has ended.");
  };
  const finished = untilSucceeded().catch((error: unknown) => {
    if (!timeout.aborted) throw error;
    throw new Error(`No restore point of ${vm} within ${MOST_SECONDS} s.`, { cause: error });
  });
  return { finished, stop: () => stopper.abort() };
}
