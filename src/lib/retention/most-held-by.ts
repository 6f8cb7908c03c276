import { hasTiers } from "./keep-by-claim.ts";
import { type RetentionRule, tierNames } from "./retention-rule.ts";

/**
 * The most restore points that a rule holds at once when one is made every `interval` milliseconds: each tier its
 * own, none older than the rule's greatest age. Infinity: there is no end.
 */
export function mostHeldBy(rule: RetentionRule, interval: number): number {
  const aged =
    rule.maxAge === undefined ? Number.POSITIVE_INFINITY : Math.ceil(rule.maxAge / interval);
  if (!hasTiers(rule)) return Math.max(rule.floor, aged);
  // Spans without a restore point do not count, so a tier fills up however rarely one is made.
  const total = tierNames.reduce((sum, tier) => sum + (rule[tier] ?? 0), rule.last ?? 0);
  return Math.max(rule.floor, Math.min(total, aged));
}
