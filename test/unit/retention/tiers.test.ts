import { describe, expect, test } from "vitest";
import { decideRetention } from "../../../src/lib/retention/decide-retention.ts";
import { explainReason } from "../../../src/lib/retention/retention-reason.ts";
import { claim, DAY, HOUR, keptOf, pointAt, series } from "./deciding.ts";

const now = new Date("2026-04-01T00:00:00.000Z");
const kept = (points: Parameters<typeof keptOf>[0]["points"], written: Record<string, unknown>) =>
  keptOf({ points, claims: [claim(written)], now });

describe("a rule", () => {
  test("keeps the newest so many", () => {
    const points = series("2026-03-01T00:00:00Z", HOUR, 10);
    expect(kept(points, { last: 3 })).toEqual(points.slice(7).map(({ name }) => name));
  });

  test("keeps the first of each day, and the newest of all", () => {
    const points = series("2026-03-01T05:00:00Z", 6 * HOUR, 12);
    expect(kept(points, { daily: 2 })).toEqual([
      "2026-03-02T05:00:00.000Z",
      "2026-03-03T05:00:00.000Z",
      "2026-03-03T23:00:00.000Z",
    ]);
  });

  test("does not count days without a restore point, so an outage ages nothing out", () => {
    const points = [pointAt("2026-01-01T02:00:00Z"), pointAt("2026-03-31T02:00:00Z")];
    expect(kept(points, { daily: 2 })).toHaveLength(2);
  });

  test("keeps everything up to its age when it has no tiers, and the floor beyond", () => {
    const points = series("2026-03-20T00:00:00Z", DAY, 12);
    expect(kept(points, { maxAge: "P3D" })).toHaveLength(2);
    expect(kept(points, { maxAge: "P3D", floor: 4 })).toHaveLength(4);
    expect(kept(points, {})).toHaveLength(12);
  });

  test("keeps nothing beyond its greatest age, whatever its tiers say", () => {
    const points = series("2026-03-20T00:00:00Z", DAY, 12);
    expect(kept(points, { daily: 30, maxAge: "P5D" })).toHaveLength(4);
  });

  test("is satisfied by one restore point in several tiers", () => {
    const points = series("2026-01-01T00:00:00Z", DAY, 90);
    const names = kept(points, { daily: 3, weekly: 2, monthly: 2 });
    expect(names).toEqual([
      "2026-02-01T00:00:00.000Z",
      "2026-03-01T00:00:00.000Z",
      "2026-03-23T00:00:00.000Z",
      "2026-03-29T00:00:00.000Z",
      "2026-03-30T00:00:00.000Z",
      "2026-03-31T00:00:00.000Z",
    ]);
  });
});

describe("when nothing makes new ones", () => {
  const points = series("2026-03-01T00:00:00Z", DAY, 10);
  const keptOn = (day: string, written: Record<string, unknown>) =>
    keptOf({
      points,
      claims: [claim(written, { kind: "ageOut", interval: DAY })],
      now: new Date(day),
    });

  test("each goes when it would have gone anyway", () => {
    expect(keptOn("2026-03-10T12:00:00Z", { daily: 5 })).toHaveLength(5);
    expect(keptOn("2026-03-12T12:00:00Z", { daily: 5 })).toHaveLength(3);
    expect(keptOn("2027-03-12T12:00:00Z", { daily: 5, floor: 2 })).toHaveLength(2);
    expect(keptOn("2026-03-12T12:00:00Z", { last: 5 })).toHaveLength(3);
  });
});

describe("near Azure's limit", () => {
  const points = series("2026-01-01T00:00:00Z", 12 * HOUR, 60);
  const input = (others: number) => ({
    points,
    claims: [claim({ last: 10, monthly: 3, floor: 2 })],
    now,
    capacity: { most: 20, others },
  });

  test("nothing is deleted early as long as there is room", () => {
    expect(keptOf(input(9))).toEqual(keptOf({ ...input(0) }));
    expect(keptOf(input(9))).toHaveLength(11);
  });

  test("the finest tier goes first, the oldest first, and the floor stays", () => {
    expect(keptOf(input(13))).toHaveLength(7);
    const crowded = keptOf(input(100));
    // The two of the floor; even the first of the month had to go.
    expect(crowded).toEqual(points.slice(-2).map(({ name }) => name));
    expect(keptOf(input(17))).toContain(points[0]?.name);
  });

  test("the reason says so, with the numbers", () => {
    const early = decideRetention(input(13)).find(({ reasons }) =>
      reasons.some(({ kind }) => kind === "nearLimit"),
    );
    expect(early?.reasons.map(explainReason)).toEqual([
      "Deleted earlier than asked: 11 restore points and 13 others are more than 20.",
    ]);
  });
});

test("two policies keep what either keeps", () => {
  const points = series("2026-03-01T00:00:00Z", DAY, 20).map((point) => ({
    ...point,
    claims: ["gold", "hourly"],
  }));
  const claims = [claim({ last: 2 }), { ...claim({ weekly: 2 }), name: "hourly" }];
  expect(keptOf({ points, claims, now })).toEqual([
    "2026-03-09T00:00:00.000Z",
    "2026-03-16T00:00:00.000Z",
    "2026-03-19T00:00:00.000Z",
    "2026-03-20T00:00:00.000Z",
  ]);
});
