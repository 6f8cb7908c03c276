/** Policies that Azure cannot carry out, or that contradict themselves, are refused when they are written, with the arithmetic. */
import { type Problem, problemsOf } from "../problem.ts";
import type { RetentionRule } from "../retention/retention-rule.ts";
import { tierNames } from "../retention/retention-rule.ts";
import type { AzureLimits } from "./azure-limits.ts";
import { DAY, durationText, HOUR } from "./duration.ts";
import { type Policy, policySchema } from "./policy.ts";
import { retentionProblems } from "./retention-problems.ts";
import { longestGapOf, type Schedule, shortestGapOf } from "./schedule.ts";

export function parsePolicy(
  json: unknown,
  limits: AzureLimits,
): { policy: Policy } | { problems: Problem[] } {
  const { data: policy, error } = policySchema.safeParse(json);
  if (error) return { problems: problemsOf(error, "policy") };
  const problems = policyProblems(policy, limits);
  return problems.length > 0 ? { problems } : { policy };
}

/** All at once; empty if the policy can be carried out. */
export function policyProblems(policy: Policy, limits: AzureLimits): Problem[] {
  const { schedule, retention, copies } = policy;
  const interval = shortestGapOf(schedule);
  const held = [
    { field: "retention", rule: retention },
    ...copies.map((copy, index) => ({ field: `copies.${index}.retention`, rule: copy.retention })),
  ];
  return [
    ...tooOften(policy, limits),
    ...stoppedAgent(policy),
    ...held.flatMap(({ field, rule }) => retentionProblems({ field, rule, interval, limits })),
    ...sameRegion(policy),
    ...tooManyCopies(policy, limits),
    ...tooLongWithout(policy),
  ];
}

function* tooOften({ schedule, consistency }: Policy, limits: AzureLimits) {
  const [kind, shortest] =
    consistency === "CrashConsistent"
      ? ["a crash-consistent", limits.shortestCrashConsistent]
      : ["an application-consistent", limits.shortestApplicationConsistent];
  if (shortestGapOf(schedule) >= shortest) return;
  const allowed = `Azure allows ${kind} one every ${durationText(shortest)}.`;
  yield { field: "schedule", message: `${frequencyOf(schedule)}; ${allowed}` };
}

function frequencyOf(schedule: Schedule): string {
  if ("cron" in schedule) {
    const apart = durationText(shortestGapOf(schedule));
    const when = clockChangeOf(schedule, shortestGapOf);
    return `\`${schedule.cron}\` makes two restore points ${apart} apart${when}`;
  }
  const [unit, length] = schedule.every <= HOUR / 2 ? ["an hour", HOUR] : ["a day", DAY];
  const times = Math.round((length / schedule.every) * 100) / 100;
  return `every ${durationText(schedule.every)} is ${times} restore points ${unit}`;
}

/** Says that a gap is as short or as long as it is on the day of a clock change only. */
function clockChangeOf(schedule: Schedule, gapOf: (schedule: Schedule) => number): string {
  if (!("cron" in schedule)) return "";
  const ordinary = gapOf({ ...schedule, timeZone: "UTC" });
  const same = ordinary === gapOf(schedule);
  return same ? "" : ` when the clocks change in ${schedule.timeZone}`;
}

function* stoppedAgent({ consistency, onEvents }: Policy) {
  if (consistency !== "ApplicationConsistent" || !onEvents.includes("deallocated")) return;
  yield {
    field: "onEvents",
    message:
      "a deallocated VM has no running agent, so it cannot have an application-consistent restore point; with `ApplicationThenCrashConsistent` it gets a crash-consistent one.",
  };
}

function* sameRegion({ region, copies }: Policy) {
  for (const [index, copy] of copies.entries()) {
    const field = `copies.${index}.region`;
    const first = copies.findIndex((other) => other.region === copy.region);
    if (first < index) {
      const message = `${copy.region} is the region of copies.${first} already; Azure makes one copy of a restore point in a region.`;
      yield { field, message };
    }
    if (copy.region === region) {
      const message = `${copy.region} is the policy's own \`region\`; Azure makes no copy within a region.`;
      yield { field, message };
    }
  }
}

function* tooManyCopies({ schedule, region, retention, copies }: Policy, limits: AzureLimits) {
  const targets = copies.map((copy, index) => ({ ...copy, field: `copies.${index}` }));
  if (region !== undefined) targets.unshift({ region, retention, field: "region" });
  const interval = shortestGapOf(schedule);
  for (const target of targets) {
    const hourly = copiesAnHour(target.retention, interval);
    if (hourly <= limits.copiesPerHour) continue;
    const copied = `One every ${durationText(interval)} is ${hourly} copies an hour`;
    const message = `${copied} to ${target.region}; Azure allows ${limits.copiesPerHour}.`;
    yield { field: target.field, message };
  }
}

/** Only what the region's retention would keep is copied: tiers keep the first restore point of an hour at most. */
function copiesAnHour(rule: RetentionRule, interval: number): number {
  const all = rule.last !== undefined || tierNames.every((tier) => rule[tier] === undefined);
  const made = Math.max(1, Math.ceil(HOUR / interval));
  return all ? made : 1;
}

function* tooLongWithout({ schedule, rpoTarget }: Policy) {
  const longest = longestGapOf(schedule);
  if (rpoTarget === undefined || rpoTarget >= longest) return;
  const gap = `the ${durationText(longest)} between two restore points`;
  const when = clockChangeOf(schedule, longestGapOf);
  yield {
    field: "rpoTarget",
    message: `${durationText(rpoTarget)} is shorter than ${gap} of the schedule${when}.`,
  };
}
