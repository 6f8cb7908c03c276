/** A notification that failed as often as the host tries: the topic may be away for longer, so it comes again, less and less often. */
import type { Log } from "../telemetry.ts";
import type { TellDeps } from "./notifications.ts";
import type { NotifyMessage } from "./notify-message.ts";

const MINUTE = 60_000;
const LONGEST_MS = 60 * MINUTE;
/** Until then about a day has gone by, which is as long as Event Grid itself tries. */
const MOST_TIMES = 28;

export const notifyAgain =
  ({ notifications }: TellDeps) =>
  async ({ again: before = 0, ...message }: NotifyMessage, log: Log): Promise<void> => {
    const again = before + 1;
    // The timer begins with the whole fleet anew before that would come.
    if (again > MOST_TIMES || message.of === "fleet")
      return log.error("notificationGivenUp", message);
    const retryInMs = Math.min(LONGEST_MS, 2 ** before * MINUTE);
    log.error("messagePoisoned", { ...message, retryInMs });
    await notifications?.tell({ ...message, again }, retryInMs);
  };
