import type { TellDeps } from "../notify/notifications.ts";
import type { DelayedMessages } from "../operations/messages.ts";
import type { Tables } from "../state/tables.ts";

/** What every use case of grants needs. */
export interface GrantDeps extends TellDeps {
  readonly tables: Pick<
    Tables,
    "grants" | "locks" | "grantDue" | "audit" | "operations" | "active"
  >;
  readonly delayed: Pick<DelayedMessages, "revokeGrant">;
  readonly now: () => Date;
  readonly newUlid: (now: Date) => string;
}
