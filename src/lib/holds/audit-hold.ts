/** What the audit log tells of a hold. May be repeated: with the same `of` and `at` it is one entry. */
import { appendAudit } from "../audit/append-audit.ts";
import type { Actor } from "../audit/audit-entry.ts";
import type { Tables } from "../state/tables.ts";
import type { HoldTarget } from "./held-rows.ts";

export interface AuditHoldDeps {
  readonly tables: Pick<Tables, "audit">;
}

interface HoldEvent {
  readonly action: "holdRequested" | "holdPlaced" | "holdLifted";
  /** What tells it apart from others of its kind; default: its time. */
  readonly of?: string;
  readonly at: string;
  readonly reason: string;
}

export function auditHold(
  { tables }: AuditHoldDeps,
  { vm, point }: HoldTarget,
  { action, of, at, reason }: HoldEvent,
  { by: actor, correlationId }: { readonly by: Actor; readonly correlationId: string },
): Promise<void> {
  const id = `${vm}~${point}!${action}-${of ?? at}`;
  return appendAudit({ tables }, { id, at, action, actor, correlationId, vm, point, reason });
}
