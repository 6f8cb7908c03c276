/** What comes before a hold is on any row: its blob, which a loss of the tables leaves, and its entry in the audit log. */
import { appendAudit } from "../audit/append-audit.ts";
import type { Actor } from "../audit/audit-entry.ts";
import type { LegalHold } from "../fleet/restore-point.ts";
import type { Tables } from "../state/tables.ts";
import type { HoldTarget } from "./held-rows.ts";
import type { LegalHolds } from "./legal-holds.ts";

export interface BeginHoldDeps {
  readonly tables: Pick<Tables, "audit">;
  readonly legalHolds: Pick<LegalHolds, "put">;
}

/** May be repeated: the same hold is one entry. */
export async function beginHold(
  deps: BeginHoldDeps,
  { vm, point }: HoldTarget,
  hold: LegalHold,
  { by: actor, correlationId }: { readonly by: Actor; readonly correlationId: string },
): Promise<void> {
  const { since: at, reason } = hold;
  await deps.legalHolds.put(vm, point, hold);
  const entry = { id: `${vm}~${point}!holdPlaced-${at}`, at, actor, correlationId };
  await appendAudit(deps, { ...entry, action: "holdPlaced", vm, point, reason });
}
