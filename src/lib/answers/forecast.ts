/**
 * What would become of a VM's restore points if they went on being made on schedule: each slot of the time ahead adds
 * one, and retention decides as it will then. Exact, as long as nothing fails and nothing else happens.
 */
import {
  type CountedPoint,
  decideRetention,
  type RetentionInput,
} from "../retention/decide-retention.ts";
import type { RetentionClaim } from "../retention/keep-by-claim.ts";
import { explainReason } from "../retention/retention-reason.ts";

interface ForecastSlot {
  readonly name: string;
  readonly at: Date;
  /** The policies that count it. */
  readonly claims: readonly string[];
}

export interface ForecastInput {
  readonly points: readonly CountedPoint[];
  readonly claims: readonly RetentionClaim[];
  readonly capacity?: RetentionInput["capacity"];
  /** In order of time. */
  readonly slots: Iterable<ForecastSlot>;
  readonly until: Date;
}

interface ForecastDeletion {
  readonly name: string;
  readonly at: Date;
  readonly reason: string;
}

export interface Forecast {
  readonly made: number;
  readonly deletions: readonly ForecastDeletion[];
  /** The most restore points at once. */
  readonly most: number;
  readonly left: number;
}

export function forecast({ points, claims, capacity, slots, until }: ForecastInput): Forecast {
  const deletions: ForecastDeletion[] = [];
  let held: CountedPoint[] = [...points];
  let made = 0;
  let most = held.length;
  const decideAt = (now: Date) => {
    const limit = capacity ? { capacity } : {};
    const gone = new Set<string>();
    for (const { name, keep, reasons } of decideRetention({
      points: held,
      claims,
      now,
      ...limit,
    })) {
      if (keep) continue;
      gone.add(name);
      deletions.push({ name, at: now, reason: reasons.map(explainReason).join(" ") });
    }
    held = held.filter(({ name }) => !gone.has(name));
  };
  for (const { name, at, claims: counting } of slots) {
    if (at >= until) break;
    held.push({ name, at, claims: counting, holds: [] });
    made++;
    most = Math.max(most, held.length);
    decideAt(at);
  }
  decideAt(until);
  return { made, deletions, most, left: held.length };
}
