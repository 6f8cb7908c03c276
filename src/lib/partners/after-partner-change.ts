/**
 * What a change of a partner means for its grants: with a smaller scope, fewer verbs or disabled it loses some or all.
 * Its copy is written then, too. The message is sent twice, before the record is written and after: a crash in between
 * leaves the first one.
 */
import type { DelayedMessages } from "../operations/messages.ts";

export interface PartnerChangeDeps {
  readonly delayed: Pick<DelayedMessages, "endGrants">;
}

/** Longer than writing the record takes. */
const SOON_MS = 30_000;

export const beforePartnerChange = ({ delayed }: PartnerChangeDeps, id: string): Promise<void> =>
  delayed.endGrants({ holder: id }, SOON_MS);

/** Also of a change that changed nothing: the one before it may have been cut off here. */
export const afterPartnerChange = ({ delayed }: PartnerChangeDeps, id: string): Promise<void> =>
  delayed.endGrants({ holder: id }, 0);
