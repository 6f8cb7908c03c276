import { describe, expect, test } from "vitest";
import { DAY, HOUR, hourly, point, timeAt } from "../../fixtures/points.ts";
import { operationId, policy, protection } from "../../fixtures/records.ts";
import { deleted, plan } from "./planning.ts";

const names = (points: readonly { name: string }[]) => points.map(({ name }) => name);

describe("a VM that is protected", () => {
  test("keeps as many restore points as its policy says, and says of each other why it goes", () => {
    const points = hourly(30);
    const { deletions } = plan({ points });
    expect(deletions.map((each) => each.point)).toEqual(names(points.slice(0, 6)));
    expect(deletions[0]?.reason).toMatch(/hourly.*24/);
  });

  test("keeps for a policy the restore points that others made, if they are consistent enough", () => {
    const daily = policy("daily", {
      schedule: { every: "P1D" },
      consistency: "ApplicationConsistent",
      retention: { daily: 2 },
    });
    const weak = hourly(30);
    const strong = [0, 24].map((hour) =>
      point(hour * HOUR + 1, {
        name: `strong-${hour}`,
        policies: ["daily"],
        consistencyRequested: "ApplicationConsistent",
      }),
    );
    const scene = {
      active: [policy("hourly", { retention: { last: 2 } }), daily],
      protection: protection({ policies: ["hourly", "daily"] }),
      points: [...weak, ...strong],
    };
    expect(deleted(scene)).not.toContain("strong-0");
    // The stronger ones count for `hourly` as well.
    expect(deleted(scene)).toHaveLength(28);
  });

  test("counts only what succeeded, and never deletes what is being made or deleted already", () => {
    const points = [
      ...hourly(24),
      point(25 * HOUR, { state: "Failed", endedAt: timeAt(2 * DAY - 60_000).toISOString() }),
      point(26 * HOUR, { state: "Creating" }),
      point(-1 * HOUR, {
        deletion: {
          operation: operationId(),
          reason: "Said so.",
          decidedAt: timeAt(0).toISOString(),
        },
      }),
    ];
    expect(deleted({ points })).toEqual([]);
  });

  test("keeps what is on legal hold, whatever its age", () => {
    const held = { reason: "Case 7", by: "legal", since: timeAt(0).toISOString() };
    const points = hourly(30).map((each, index) =>
      index === 0 ? { ...each, legalHold: held } : each,
    );
    expect(deleted({ points })).toEqual(names(points.slice(1, 6)));
  });

  test("deletes earlier than asked when Azure's limit is near, and counts what is not ours", () => {
    const active = [policy("hourly", { retention: { last: 100 } })];
    const points = hourly(100);
    expect(deleted({ active, points, others: 390 })).toEqual([]);
    expect(deleted({ active, points, others: 395 })).toEqual(names(points.slice(0, 5)));
    expect(plan({ active, points, others: 395 }).deletions[0]?.reason).toContain("395");
  });

  test("goes on when a deletion failed, but not before its time", () => {
    const failed = (retryAt: Date) => ({
      operation: operationId(),
      reason: "Said so.",
      decidedAt: timeAt(0).toISOString(),
      error: { code: "DiskRestorePointUsedByCustomer", message: "In use." },
      retryAt: retryAt.toISOString(),
    });
    const points = (retryAt: Date) => [point(-HOUR, { deletion: failed(retryAt) }), ...hourly(24)];
    expect(deleted({ points: points(timeAt(3 * DAY)) })).toEqual([]);
    expect(deleted({ points: points(timeAt(DAY)) })).toHaveLength(1);
    expect(plan({ points: points(timeAt(3 * DAY)) }).wakeAt).toEqual(timeAt(3 * DAY));
  });
});

describe("what failed", () => {
  const failed = (endedAt: Date, more = {}) =>
    point(HOUR, {
      state: "Failed",
      endedAt: endedAt.toISOString(),
      error: { code: "VMRestorePointInternalError", message: "Retry." },
      ...more,
    });

  test("is cleared away from Azure after an hour, with its error as the reason", () => {
    const row = failed(timeAt(2 * DAY - HOUR));
    expect(plan({ points: [row] }).deletions).toEqual([
      { point: row.name, reason: "It failed: VMRestorePointInternalError.", endsGrants: false },
    ]);
    expect(deleted({ points: [failed(timeAt(2 * DAY - HOUR + 1))] })).toEqual([]);
  });

  test("and may have succeeded after all, is left to the reconciliation for a day", () => {
    const unknown = (endedAt: Date) => failed(endedAt, { outcomeUnknown: true });
    expect(deleted({ points: [unknown(timeAt(DAY + 1))] })).toEqual([]);
    expect(deleted({ points: [unknown(timeAt(DAY))] })).toHaveLength(1);
  });

  test("can be read for a week after it was cleared away, and is forgotten then", () => {
    const gone = failed(timeAt(0), { removedAt: timeAt(DAY).toISOString() });
    expect(plan({ points: [gone] })).toMatchObject({ forgotten: [], wakeAt: timeAt(8 * DAY) });
    expect(plan({ points: [gone], now: timeAt(8 * DAY) }).forgotten).toEqual([gone]);
  });
});
