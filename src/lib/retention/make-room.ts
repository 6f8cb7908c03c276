/**
 * Lets restore points go earlier than their policies ask when Azure's limit is near: those of the finest tier first,
 * the oldest first, and never what a floor or a hold keeps.
 */
import type { RetentionDecision } from "./decide-retention.ts";
import type { RetentionReason } from "./retention-reason.ts";
import { tierNames } from "./retention-rule.ts";

/** `decisions` are oldest first. */
export function makeRoom(
  decisions: RetentionDecision[],
  capacity: { readonly most: number; readonly others: number } | undefined,
): RetentionDecision[] {
  const kept = decisions.filter(({ keep }) => keep);
  const excess = capacity ? kept.length + capacity.others - capacity.most : 0;
  if (capacity === undefined || excess <= 0) return decisions;
  const ranked = kept
    .map((decision) => ({ decision, rank: rankOf(decision.reasons) }))
    .filter(({ rank }) => rank !== "needed")
    .sort((one, other) => Number(one.rank) - Number(other.rank));
  const gone = new Set(ranked.slice(0, excess).map(({ decision }) => decision.name));
  const reason: RetentionReason = { kind: "nearLimit", ours: kept.length, ...capacity };
  return decisions.map((decision) =>
    gone.has(decision.name) ? { ...decision, keep: false, reasons: [reason] } : decision,
  );
}

/** How coarse the coarsest tier is that keeps it: what a year is kept by is let go last. */
function rankOf(reasons: readonly RetentionReason[]): number | "needed" {
  let rank = 0;
  for (const reason of reasons) {
    if (reason.kind === "tier") rank = Math.max(rank, 1 + tierNames.indexOf(reason.tier));
    else if (reason.kind !== "last" && reason.kind !== "everything") return "needed";
  }
  return rank;
}
