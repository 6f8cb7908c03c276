/**
 * After a partner was changed: ends those of its grants that it may not have any more, a page at a time. A grant that is
 * recorded behind this one's back is refused when it is to be opened, because the record is asked anew then.
 */
import { errorText } from "../error-text.ts";
import type { DelayedMessages, EndGrantsMessage, FollowUp } from "../operations/messages.ts";
import { mergeFollowUps } from "../operations/messages.ts";
import { partition } from "../state/entity-table.ts";
import type { Log } from "../telemetry.ts";
import { endGrant } from "./end-grant.ts";
import { type Grant, isLive } from "./grant.ts";
import type { GrantDeps } from "./grant-deps.ts";
import type { MayRead } from "./may-read.ts";

export interface EndGrantsDeps extends GrantDeps {
  readonly delayed: GrantDeps["delayed"] & Pick<DelayedMessages, "endGrants">;
  readonly mayRead: MayRead;
}

const PAGE = 100;
const AGAIN_MS = 60_000;

export const endGrants =
  (deps: EndGrantsDeps) =>
  async ({ holder, continuation }: EndGrantsMessage, log: Log): Promise<FollowUp> => {
    const page = await deps.tables.grants.list(partition(holder), { size: PAGE, continuation });
    // The next page first: whatever is wrong with this one must not keep those open.
    if (page.continuation !== undefined) {
      await deps.delayed.endGrants({ holder, continuation: page.continuation }, 0);
    }
    const ended: FollowUp[] = [];
    for (const grant of page.records) ended.push(await endIfLost(deps, grant, log));
    return mergeFollowUps(ended);
  };

async function endIfLost(deps: EndGrantsDeps, grant: Grant, log: Log): Promise<FollowUp> {
  try {
    if (!(await isLost(deps, grant))) return {};
    const reason = { cause: "partnerChanged", at: deps.now() } as const;
    return (await endGrant(deps, grant.id, reason, log)).followUp;
  } catch (error) {
    const reason = errorText(error);
    log.error("sweepFailed", { grant: grant.id, reason });
    await deps.delayed.endGrants({ holder: grant.holder.id }, AGAIN_MS);
    return {};
  }
}

const isLost = async ({ mayRead }: EndGrantsDeps, grant: Grant): Promise<boolean> =>
  (isLive(grant) || grant.state === "Requested") && !(await mayRead(grant.holder, grant.vm));
