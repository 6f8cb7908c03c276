import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type CountedPoint,
  decideRetention,
  type RetentionInput,
} from "../../../src/lib/retention/decide-retention.ts";
import { nextChangeAt } from "../../../src/lib/retention/next-change.ts";
import { explainReason } from "../../../src/lib/retention/retention-reason.ts";
import { inputs, keptOf } from "./deciding.ts";

const newestFirst = (points: readonly CountedPoint[]) =>
  [...points].sort(
    (one, other) => other.at.getTime() - one.at.getTime() || (one.name < other.name ? 1 : -1),
  );

const capacities = fc.record({
  most: fc.integer({ min: 0, max: 60 }),
  others: fc.integer({ min: 0, max: 60 }),
});

describe("whatever the policies, the restore points and the time", () => {
  test("no floor is crossed, not even near the limit", () => {
    fc.assert(
      fc.property(inputs, capacities, (input, capacity) => {
        const kept = new Set(keptOf({ ...input, capacity }));
        for (const { name, rule } of input.claims) {
          const counted = newestFirst(input.points.filter(({ claims }) => claims.includes(name)));
          for (const point of counted.slice(0, rule.floor)) expect(kept).toContain(point.name);
        }
      }),
    );
  });

  test("nothing on hold, nothing that no policy has a rule for, and not the newest good one is deleted", () => {
    fc.assert(
      fc.property(inputs, capacities, (input, capacity) => {
        const kept = new Set(keptOf({ ...input, capacity }));
        const needed = input.points.filter(
          ({ claims, holds }) => claims.length === 0 || holds.length > 0,
        );
        const good = newestFirst(input.points.filter(({ partial }) => !partial)).slice(0, 1);
        for (const { name } of [...needed, ...good]) expect(kept).toContain(name);
      }),
    );
  });

  test("each restore point has one decision, with a reason in words", () => {
    fc.assert(
      fc.property(inputs, capacities, (input, capacity) => {
        const decisions = decideRetention({ ...input, capacity });
        expect(decisions.map(({ name }) => name).sort()).toEqual(
          input.points.map(({ name }) => name).sort(),
        );
        for (const { reasons } of decisions) {
          expect(reasons.length).toBeGreaterThan(0);
          for (const reason of reasons) expect(explainReason(reason)).toMatch(/^.+\.$/);
        }
      }),
    );
  });

  test("deciding again after the deletions deletes nothing more", () => {
    fc.assert(
      fc.property(inputs, (input) => {
        const kept = keptOf(input);
        const left = input.points.filter(({ name }) => kept.includes(name));
        expect(keptOf({ ...input, points: left })).toEqual(kept);
      }),
    );
  });

  test("the order in which they are read does not matter", () => {
    fc.assert(
      fc.property(inputs, fc.func(fc.nat()), (input, rank) => {
        const shuffled = [...input.points].sort((one, other) => rank(one.name) - rank(other.name));
        expect(decideRetention({ ...input, points: shuffled })).toEqual(decideRetention(input));
      }),
    );
  });

  test("time alone changes nothing before the announced moment", () => {
    fc.assert(
      fc.property(inputs, fc.double({ min: 0, max: 1, noNaN: true }), (input, part) => {
        const change = nextChangeAt(input);
        const until = change?.getTime() ?? input.now.getTime() + 1000 * 86_400_000;
        expect(until).toBeGreaterThan(input.now.getTime());
        const meanwhile = input.now.getTime() + part * (until - 1 - input.now.getTime());
        expect(keptAt(input, new Date(meanwhile))).toEqual(keptAt(input, input.now));
      }),
      { numRuns: 300 },
    );
  });

  test("near the limit exactly as many more are deleted as are too many, if nothing holds them", () => {
    fc.assert(
      fc.property(inputs, capacities, (input, capacity) => {
        const asked = keptOf(input);
        const kept = keptOf({ ...input, capacity });
        const excess = Math.max(0, asked.length + capacity.others - capacity.most);
        expect(asked.length - kept.length).toBeLessThanOrEqual(excess);
        for (const name of kept) expect(asked).toContain(name);
      }),
    );
  });
});

/** What is kept now of what was kept when it was decided. */
function keptAt(input: RetentionInput, now: Date): string[] {
  const before = keptOf(input);
  const points = input.points.filter(({ name }) => before.includes(name));
  return keptOf({ ...input, points, now });
}
