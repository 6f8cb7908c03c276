import fc from "fast-check";
import {
  type CountedPoint,
  decideRetention,
  type RetentionInput,
} from "../../../src/lib/retention/decide-retention.ts";
import type { ClaimMode, RetentionClaim } from "../../../src/lib/retention/keep-by-claim.ts";
import {
  type RetentionRule,
  retentionRuleSchema,
} from "../../../src/lib/retention/retention-rule.ts";

export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;

export const rule = (written: Record<string, unknown>): RetentionRule =>
  retentionRuleSchema.parse(written);

export const claim = (
  written: Record<string, unknown>,
  mode: ClaimMode = { kind: "inForce" },
): RetentionClaim => ({ name: "gold", rule: rule(written), mode });

export const pointAt = (at: string | Date, more: Partial<CountedPoint> = {}): CountedPoint => ({
  name: typeof at === "string" ? at : at.toISOString(),
  at: new Date(at),
  claims: ["gold"],
  holds: [],
  ...more,
});

/** One every `interval` from `from` on. */
export const series = (from: string, interval: number, count: number): CountedPoint[] =>
  Array.from({ length: count }, (_, index) =>
    pointAt(new Date(Date.parse(from) + index * interval)),
  );

export const keptOf = (input: RetentionInput): string[] =>
  decideRetention(input)
    .filter(({ keep }) => keep)
    .map(({ name }) => name);

const START = Date.parse("2026-01-01T00:00:00.000Z");
const zones = fc.constantFrom("UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe");
const count = fc.option(fc.integer({ min: 1, max: 12 }), { nil: undefined });

/** Rules of every shape, as somebody could write them. */
const rules: fc.Arbitrary<RetentionRule> = fc
  .record({
    last: count,
    hourly: count,
    daily: count,
    weekly: count,
    monthly: count,
    yearly: count,
    maxAge: fc.option(fc.integer({ min: 1, max: 900 }), { nil: undefined }),
    floor: fc.integer({ min: 1, max: 5 }),
    timeZone: zones,
  })
  .map(({ maxAge, ...written }) =>
    rule(
      Object.fromEntries(
        Object.entries({ ...written, maxAge: maxAge && `P${maxAge}D` }).filter(
          ([, value]) => value !== undefined,
        ),
      ),
    ),
  );

const modes: fc.Arbitrary<ClaimMode> = fc.oneof(
  fc.constant<ClaimMode>({ kind: "inForce" }),
  fc.constant<ClaimMode>({ kind: "keep" }),
  fc
    .integer({ min: 1, max: 48 })
    .map((hours): ClaimMode => ({ kind: "ageOut", interval: hours * HOUR })),
  fc
    .integer({ min: -100, max: 900 })
    .map((days): ClaimMode => ({ kind: "delete", after: new Date(START + days * DAY) })),
);

const NAMES = ["gold", "hourly"];

const points = fc
  .array(
    fc.record({
      minutes: fc.integer({ min: 0, max: 700 * 1440 }),
      claims: fc.subarray(NAMES),
      held: fc.integer({ min: 0, max: 9 }).map((number) => number === 0),
      partial: fc.boolean(),
    }),
    { maxLength: 60 },
  )
  .map((all) =>
    all.map(
      ({ minutes, claims, held, partial }, index): CountedPoint => ({
        name: `point-${index}`,
        at: new Date(START + minutes * 60_000),
        claims,
        holds: held ? [{ kind: "legalHold" }] : [],
        partial,
      }),
    ),
  );

/** Any restore points, policies and time, also a time before some of the restore points. */
export const inputs: fc.Arbitrary<RetentionInput> = fc.record({
  points,
  claims: fc.tuple(rules, modes, rules, modes).map(([one, first, other, second]) => [
    { name: "gold", rule: one, mode: first },
    { name: "hourly", rule: other, mode: second },
  ]),
  now: fc.integer({ min: 0, max: 800 * 24 }).map((hours) => new Date(START + hours * HOUR)),
});
