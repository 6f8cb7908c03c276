/** What one policy makes of the restore points that it counts. */
import { bucketOf } from "./calendar-bucket.ts";
import type { RetentionReason } from "./retention-reason.ts";
import { type RetentionRule, type TierName, tierNames } from "./retention-rule.ts";

/** What a policy's rule means for a VM now. */
export type ClaimMode =
  | { readonly kind: "inForce" }
  | { readonly kind: "keep" }
  /** As if one had gone on being made every `interval` milliseconds. */
  | { readonly kind: "ageOut"; readonly interval: number }
  | { readonly kind: "delete"; readonly after: Date }
  /** Somebody asked for that time. */
  | { readonly kind: "until"; readonly until: Date }
  /** Somebody asked for it to be in that region alone, where it is. */
  | { readonly kind: "elsewhere"; readonly region: string };

export interface RetentionClaim {
  /** The policy, in words that go into a reason. */
  readonly name: string;
  readonly rule: RetentionRule;
  readonly mode: ClaimMode;
}

interface Timed {
  readonly at: Date;
}

export interface ClaimVerdict {
  /** Empty: the claim does not keep it. */
  readonly keeps: readonly RetentionReason[];
  /** Why not. */
  readonly lets: RetentionReason;
}

/** One verdict for each of `points`, which are those that the claim counts, newest first. */
export function keepByClaim(
  claim: RetentionClaim,
  points: readonly Timed[],
  now: Date,
): ClaimVerdict[] {
  const { name, rule } = claim;
  const isFirst = firstsOf(claim, points, now);
  const superseded: RetentionReason = { kind: "superseded", claim: name, rule: ruleText(rule) };
  return points.map((point, index) => {
    const floor: RetentionReason[] =
      index < rule.floor ? [{ kind: "floor", claim: name, count: rule.floor }] : [];
    const { keeps, lets } = verdictOf(claim, point, index, isFirst, superseded, now);
    return { keeps: [...keeps, ...floor], lets };
  });
}

type IsFirst = (index: number) => RetentionReason[];

function verdictOf(
  claim: RetentionClaim,
  { at }: Timed,
  index: number,
  isFirst: IsFirst,
  lets: RetentionReason,
  now: Date,
): ClaimVerdict {
  const { name, rule, mode } = claim;
  if (mode.kind !== "inForce" && mode.kind !== "ageOut") {
    return { lets, ...verdictByMode(name, mode, now) };
  }
  if (rule.maxAge !== undefined && now.getTime() - at.getTime() >= rule.maxAge) {
    return { keeps: [], lets: { kind: "tooOld", claim: name, maxAge: rule.maxAge } };
  }
  if (!hasTiers(rule)) {
    const age = rule.maxAge === undefined ? {} : { maxAge: rule.maxAge };
    return { keeps: [{ kind: "everything", claim: name, ...age }], lets };
  }
  const isLast =
    rule.last !== undefined &&
    (mode.kind === "inForce"
      ? index < rule.last
      : now.getTime() - at.getTime() < rule.last * mode.interval);
  const last: RetentionReason[] =
    isLast && rule.last ? [{ kind: "last", claim: name, count: rule.last }] : [];
  return { keeps: [...last, ...isFirst(index)], lets };
}

/** Whatever the rule says. */
function verdictByMode(
  claim: string,
  mode: Exclude<ClaimMode, { kind: "inForce" | "ageOut" }>,
  now: Date,
): Partial<ClaimVerdict> & Pick<ClaimVerdict, "keeps"> {
  switch (mode.kind) {
    case "keep":
      return { keeps: [{ kind: "kept", claim }] };
    case "delete": {
      const since = mode.after.toISOString();
      return now < mode.after
        ? { keeps: [{ kind: "untilDelay", claim, until: since }] }
        : { keeps: [], lets: { kind: "delayOver", claim, since } };
    }
    case "until": {
      const until = mode.until.toISOString();
      return now < mode.until
        ? { keeps: [{ kind: "asked", until }] }
        : { keeps: [], lets: { kind: "askedOver", until } };
    }
    case "elsewhere":
      return { keeps: [], lets: { kind: "movedTo", region: mode.region } };
    default:
      return mode satisfies never;
  }
}

export const hasTiers = (rule: RetentionRule): boolean =>
  rule.last !== undefined || tierNames.some((tier) => rule[tier] !== undefined);

/**
 * For each tier, the first restore point of each of the newest so many spans: of those that have one while the policy
 * is in force, so that an outage ages nothing out; of all up to now when nothing makes new ones.
 */
function firstsOf(
  { name, rule, mode }: RetentionClaim,
  points: readonly Timed[],
  now: Date,
): IsFirst {
  const found = new Map<number, RetentionReason[]>();
  if (mode.kind === "inForce" || mode.kind === "ageOut") {
    for (const tier of tierNames) {
      const count = rule[tier];
      if (count === undefined) continue;
      for (const index of firstsOfTier(tier, count, rule.timeZone, mode.kind, points, now)) {
        const reasons = found.get(index) ?? [];
        found.set(index, [...reasons, { kind: "tier", claim: name, tier, count }]);
      }
    }
  }
  return (index) => found.get(index) ?? [];
}

function firstsOfTier(
  tier: TierName,
  count: number,
  timeZone: string,
  mode: "inForce" | "ageOut",
  points: readonly Timed[],
  now: Date,
): Iterable<number> {
  // Newest first, so the last one that is seen of a span is its first.
  const firsts = new Map<number, number>();
  const current = bucketOf(now, tier, timeZone);
  for (const [index, { at }] of points.entries()) {
    const bucket = bucketOf(at, tier, timeZone);
    if (mode === "ageOut" && bucket <= current - count) break;
    if (mode === "inForce" && !firsts.has(bucket) && firsts.size === count) break;
    firsts.set(bucket, index);
  }
  return firsts.values();
}

function ruleText(rule: RetentionRule): string {
  const parts = [
    ...(rule.last === undefined ? [] : [`the newest ${rule.last}`]),
    ...tierNames.flatMap((tier) => (rule[tier] === undefined ? [] : [`${rule[tier]} ${tier}`])),
  ];
  return parts.length === 0 ? "everything up to its age" : parts.join(", ");
}
