/** When a grant is looked after: a message shortly before its expiry, and a row for the sweep should that one be lost. */
import type { Grant } from "./grant.ts";
import type { GrantDeps } from "./grant-deps.ts";
import { grantDueAt } from "./grant-due.ts";

/** The message becomes visible so long before; the function waits for the exact moment. Visibility is in whole seconds. */
const EARLY_MS = 2000;

export async function wakeAtExpiry(
  { tables, delayed, now }: Pick<GrantDeps, "tables" | "delayed" | "now">,
  { id, expiresAt }: Pick<Grant, "id" | "expiresAt">,
): Promise<void> {
  const left = Date.parse(expiresAt) - now().getTime();
  await tables.grantDue.upsert(grantDueAt(id, new Date(expiresAt)));
  const wholeSeconds = Math.floor((left - EARLY_MS) / 1000) * 1000;
  await delayed.revokeGrant({ grant: id, until: expiresAt }, Math.max(0, wholeSeconds));
}
