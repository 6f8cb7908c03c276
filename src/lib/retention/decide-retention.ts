/**
 * Decides which restore points of one VM in one region to keep. A restore point is kept while anything keeps it: a
 * policy, a floor, a hold, or that it is the newest good one. Pure, and cheap enough to ask for every VM.
 */
import { isGood } from "../fleet/newest-good.ts";
import { type ClaimVerdict, keepByClaim, type RetentionClaim } from "./keep-by-claim.ts";
import { makeRoom } from "./make-room.ts";
import type { Hold, RetentionReason } from "./retention-reason.ts";

/** A restore point that succeeded. */
export interface CountedPoint {
  readonly name: string;
  /** When its slot came up. */
  readonly at: Date;
  /** Names of the claims that count it. */
  readonly claims: readonly string[];
  readonly holds: readonly Hold[];
  /** Somebody left out disks of it that no policy does: never the newest good one. */
  readonly partial?: boolean | undefined;
}

export interface RetentionInput {
  readonly points: readonly CountedPoint[];
  readonly claims: readonly RetentionClaim[];
  readonly now: Date;
  /** The most restore points that the VM may have, and how many it has that are not in `points`. */
  readonly capacity?: { readonly most: number; readonly others: number };
  /** When the newest good one elsewhere came up: what is older need not be kept for being the newest here. */
  readonly goodElsewhere?: Date;
}

export interface RetentionDecision {
  readonly name: string;
  readonly keep: boolean;
  /** What keeps it; or, when nothing does, why each claim lets it go. */
  readonly reasons: readonly RetentionReason[];
}

/** One decision for each restore point, oldest first. */
export function decideRetention(input: RetentionInput): RetentionDecision[] {
  const newestFirst = [...input.points].sort(byTime).reverse();
  const verdicts = verdictsOf(input, newestFirst);
  const elsewhere = input.goodElsewhere?.getTime() ?? Number.NEGATIVE_INFINITY;
  const newestGood = newestFirst.find((point) => isGood(point) && point.at.getTime() > elsewhere);
  const decisions = newestFirst.map((point): RetentionDecision => {
    const own = verdicts.get(point) ?? [];
    const reasons: RetentionReason[] = [
      ...own.flatMap(({ keeps }) => keeps),
      ...(own.length === 0 ? [{ kind: "unclaimed" } as const] : []),
      ...point.holds.map((hold) => ({ kind: "hold", hold }) as const),
      ...(point === newestGood ? [{ kind: "newestGood" } as const] : []),
    ];
    const keep = reasons.length > 0;
    return { name: point.name, keep, reasons: keep ? reasons : own.map(({ lets }) => lets) };
  });
  return makeRoom(decisions.reverse(), input.capacity);
}

function verdictsOf(
  { claims, now }: RetentionInput,
  newestFirst: readonly CountedPoint[],
): Map<CountedPoint, ClaimVerdict[]> {
  const verdicts = new Map<CountedPoint, ClaimVerdict[]>();
  for (const claim of claims) {
    const counted = newestFirst.filter((point) => point.claims.includes(claim.name));
    const own = keepByClaim(claim, counted, now);
    for (const [index, point] of counted.entries()) {
      const verdict = own[index];
      if (verdict) verdicts.set(point, [...(verdicts.get(point) ?? []), verdict]);
    }
  }
  return verdicts;
}

/** Two of the same time are told apart by name, so that their order does not depend on who asks. */
const byTime = (one: CountedPoint, other: CountedPoint): number =>
  one.at.getTime() - other.at.getTime() || (one.name < other.name ? -1 : 1);
