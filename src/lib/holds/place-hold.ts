/**
 * Puts a restore point and its copies on hold:
 *
 *     blob ── audit log: requested ── row of the restore point ── rows of its copies ── audit log: placed
 *
 * Of two at once both are requested. The first row decides which one is placed, and the other one goes on with that: it is
 * on all of them. The one that is placed is told last, so that there is one; who died on the way tells it when asked again.
 *
 * A deletion is decided on the same rows, so whichever was written first has won: a hold does not stop a deletion that
 * is under way. It is on those rows as well, so that one that fails is not decided again.
 */
import type { Actor } from "../audit/audit-entry.ts";
import { isBeingDeleted } from "../fleet/deletion.ts";
import type { LegalHold, Point } from "../fleet/restore-point.ts";
import type { Copy } from "../fleet/restore-point-copy.ts";
import type { OperationId } from "../operations/operation-id.ts";
import type { Log } from "../telemetry.ts";
import { type AuditHoldDeps, auditHold } from "./audit-hold.ts";
import { changeHolds, type HeldRowsDeps, type HoldTarget, rowsOf } from "./held-rows.ts";
import type { LegalHolds } from "./legal-holds.ts";

export interface HoldDeps extends HeldRowsDeps, AuditHoldDeps {
  readonly tables: HeldRowsDeps["tables"] & AuditHoldDeps["tables"];
  readonly legalHolds: LegalHolds;
  readonly now: () => Date;
}

export type HoldPlaced =
  | {
      readonly kind: "held";
      /** The one that is there: an earlier one stays as it is. */
      readonly hold: LegalHold;
      readonly isNew: boolean;
      /** Regions where a deletion was under way before, so that the hold covers what is there only if it fails. */
      readonly lost: readonly string[];
    }
  /** Azure has neither the restore point nor a copy. */
  | { readonly kind: "notFound" }
  /** All there is of it is about to go; the hold keeps it only if that fails. */
  | { readonly kind: "beingDeleted"; readonly operation: OperationId | undefined };

export interface HoldAsked {
  readonly by: Actor;
  readonly reason: string;
  readonly correlationId: string;
}

export async function placeHold(
  deps: HoldDeps,
  target: HoldTarget,
  asking: HoldAsked,
  log: Log,
): Promise<HoldPlaced> {
  const { legalHolds, now } = deps;
  const { by, reason, correlationId } = asking;
  const { vm, point } = target;
  const rows = await rowsOf(deps, target);
  if (rows.length === 0) return { kind: "notFound" };
  const before = rows.find(({ legalHold }) => legalHold)?.legalHold;
  const asked = before ?? { reason, by: by.id, since: now().toISOString() };
  await legalHolds.put(vm, point, asked);
  if (before === undefined) {
    const requested = { action: "holdRequested", of: correlationId, at: asked.since } as const;
    await auditHold(deps, target, { ...requested, reason }, asking);
  }
  let placed = asked;
  const after = await changeHolds(deps, target, ({ legalHold }) => {
    if (legalHold === undefined) return placed;
    placed = legalHold;
    return "asIs";
  });
  const held = after.find(({ legalHold }) => legalHold !== undefined)?.legalHold;
  if (held === undefined) {
    await legalHolds.remove(vm, point);
    return { kind: "beingDeleted", operation: undefined };
  }
  // Somebody else's may have come first, and one that was lifted in the same moment took the blob with it.
  await legalHolds.put(vm, point, held);
  const isNew = placed === asked && before === undefined;
  if (isNew || before?.by === by.id) {
    const entry = { action: "holdPlaced", at: held.since, reason: held.reason } as const;
    await auditHold(deps, target, entry, asking);
  }
  if (isNew) log.info("holdPlaced", { vm, point });
  if (after.every(isBeingDeleted)) {
    return { kind: "beingDeleted", operation: after[0]?.deletion?.operation };
  }
  const lost = after.filter(isBeingDeleted).map(regionOf);
  return { kind: "held", hold: held, isNew, lost };
}

const regionOf = (row: Point | Copy): string => ("region" in row ? row.region : row.location);
