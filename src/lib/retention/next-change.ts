/** When the passing of time alone may let a restore point go that is kept now. */
import type { RetentionInput } from "./decide-retention.ts";
import { hasTiers, type RetentionClaim } from "./keep-by-claim.ts";
import { type TierName, tierNames } from "./retention-rule.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** No span of a tier is shorter: early is a look for nothing, late would be a restore point kept too long. */
const SHORTEST: Readonly<Record<TierName, number>> = {
  hourly: HOUR,
  daily: 23 * HOUR,
  weekly: 7 * DAY - HOUR,
  monthly: 28 * DAY - HOUR,
  yearly: 365 * DAY - HOUR,
};

/** Never late; may be early. Undefined: only something that happens can change anything. */
export function nextChangeAt({ points, claims, now }: RetentionInput): Date | undefined {
  const times = claims.flatMap((claim) => {
    const counted = points.filter(({ claims: names }) => names.includes(claim.name));
    return counted.flatMap(({ at }) => turningPoints(claim, at, now));
  });
  const ahead = times.filter((time) => time > now.getTime());
  return ahead.length === 0 ? undefined : new Date(Math.min(...ahead));
}

function turningPoints({ rule, mode }: RetentionClaim, at: Date, now: Date): number[] {
  const made = at.getTime();
  const times: number[] = [];
  if (mode.kind === "delete") return [mode.after.getTime()];
  if (mode.kind === "until") return [mode.until.getTime()];
  if (mode.kind === "keep" || mode.kind === "elsewhere") return [];
  if (rule.maxAge !== undefined) times.push(made + rule.maxAge);
  if (mode.kind === "inForce" || !hasTiers(rule)) return times;
  if (rule.last !== undefined) times.push(made + rule.last * mode.interval);
  for (const tier of tierNames) {
    const count = rule[tier];
    if (count === undefined) continue;
    // Its span leaves the window when as many others have begun: looked at once each span from the earliest on.
    const earliest = made + (count - 1) * SHORTEST[tier];
    const missed = Math.max(0, Math.floor((now.getTime() - earliest) / SHORTEST[tier]) + 1);
    if (missed <= 2 * count + 2) times.push(earliest + missed * SHORTEST[tier]);
  }
  return times;
}
