/**
 * Which restore points a policy keeps. A point is kept while anything in the rule keeps it; a rule without tiers
 * keeps everything up to `maxAge`. The floor is crossed by nothing, not even by `maxAge`.
 */
import * as z from "zod";
import { durationSchema } from "../policy/duration.ts";
import { timeZoneSchema } from "../policy/time-zone.ts";

/** Azure holds 500 restore points of a VM at most, so no tier can be larger. */
const count = z.int().min(1).max(500);

export const tierNames = ["hourly", "daily", "weekly", "monthly", "yearly"] as const;
export type TierName = (typeof tierNames)[number];

export const retentionRuleSchema = z.strictObject({
  /** The newest so many. */
  last: count.optional(),
  /** The first restore point of each of the newest so many hours that have one; likewise the others. */
  hourly: count.optional(),
  daily: count.optional(),
  /** Weeks begin on Monday. */
  weekly: count.optional(),
  monthly: count.optional(),
  yearly: count.optional(),
  /** Older ones are deleted whatever keeps them, down to the floor. Milliseconds after parsing. */
  maxAge: durationSchema.optional(),
  /** So many of the newest good restore points are never deleted. */
  floor: count.default(1),
  /** IANA time zone in which hours, days, weeks, months and years begin. */
  timeZone: timeZoneSchema.default("UTC"),
});
export type RetentionRule = z.infer<typeof retentionRuleSchema>;
