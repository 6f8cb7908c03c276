/**
 * Lifts the hold on a restore point and its copies:
 *
 *     audit log ── rows ── blob
 *
 * A crash in between leaves a hold too many, never one too few.
 */
import type { Actor } from "../audit/audit-entry.ts";
import type { LegalHold } from "../fleet/restore-point.ts";
import type { FollowUp } from "../operations/messages.ts";
import type { Log } from "../telemetry.ts";
import { auditHold } from "./audit-hold.ts";
import { changeHolds, type HoldTarget, rowsOf } from "./held-rows.ts";
import type { HoldDeps } from "./place-hold.ts";

export type HoldLifted =
  | {
      readonly kind: "lifted";
      readonly hold: LegalHold;
      /** What the hold alone kept goes. */
      readonly followUp: FollowUp;
    }
  | { readonly kind: "notHeld" }
  /** Azure has neither the restore point nor a copy. */
  | { readonly kind: "notFound" };

export async function liftHold(
  deps: HoldDeps,
  target: HoldTarget,
  asking: { readonly by: Actor; readonly correlationId: string },
  log: Log,
): Promise<HoldLifted> {
  const { legalHolds, now } = deps;
  const { vm, point } = target;
  const rows = await rowsOf(deps, target);
  if (rows.length === 0) return { kind: "notFound" };
  // A crash may have left it in its blob alone.
  const onRow = rows.find(({ legalHold }) => legalHold !== undefined)?.legalHold;
  const hold = onRow ?? (await legalHolds.get(vm, point));
  if (hold !== undefined) {
    const at = now().toISOString();
    await auditHold(deps, target, { action: "holdLifted", at, reason: hold.reason }, asking);
    await changeHolds(deps, target, ({ legalHold }) =>
      legalHold === undefined ? "asIs" : undefined,
    );
    log.info("holdLifted", { vm, point });
  }
  await legalHolds.remove(vm, point);
  await restore(deps, target);
  return hold === undefined
    ? { kind: "notHeld" }
    : { kind: "lifted", hold, followUp: { points: [{ vm }] } };
}

/** Somebody has placed another one meanwhile, whose blob went with the old one's. */
async function restore(deps: HoldDeps, target: HoldTarget): Promise<void> {
  const another = (await rowsOf(deps, target)).find(({ legalHold }) => legalHold)?.legalHold;
  if (another) await deps.legalHolds.put(target.vm, target.point, another);
}
