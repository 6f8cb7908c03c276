import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  budgetFor,
  createPace,
  type Pacer,
  pacerTable,
  pushBack,
  reserve,
} from "../../../src/lib/operations/pacer.ts";
import { InMemoryTable } from "../../fakes/in-memory-table.ts";

const now = new Date("2026-01-31T10:00:00.000Z");
const BURST = 50;
const INTERVAL = 3400;
const budget = budgetFor("createRestorePoint", "SUB-1", "WestEurope");
const fresh: Pacer = { budget, fullAt: new Date(0).toISOString() };
const secondsFrom = (starts: readonly Date[], from = now) =>
  starts.map((start) => (start.getTime() - from.getTime()) / 1000);

const MINUTE = 60_000;

/** The most starts in any window of this many minutes; Azure's own budgets were seen in 3 and in 30. */
function mostIn(minutes: number, starts: readonly Date[]): number {
  const times = starts.map((start) => start.getTime()).sort((one, other) => one - other);
  let first = 0;
  let most = 0;
  for (const [index, time] of times.entries()) {
    while (time - (times[first] ?? time) >= minutes * MINUTE) first++;
    most = Math.max(most, index - first + 1);
  }
  return most;
}

describe("a reservation", () => {
  test("of a burst starts at once, and what is beyond it at even intervals", () => {
    const { starts } = reserve(fresh, 54, now);
    expect(secondsFrom(starts)).toEqual([...Array(BURST).fill(0), 3.4, 6.8, 10.2, 13.6]);
  });

  test("goes on where the one before it ended", () => {
    const first = reserve(fresh, 54, now);
    expect(secondsFrom(reserve(first.pacer, 2, now).starts)).toEqual([17, 20.4]);
  });

  test("finds the budget refilled after a while", () => {
    const { pacer } = reserve(fresh, BURST, now);
    const later = new Date(now.getTime() + 34_000);
    expect(secondsFrom(reserve(pacer, 11, later).starts, later)).toEqual([
      ...Array(10).fill(0),
      3.4,
    ]);
    const muchLater = new Date(now.getTime() + 3_600_000);
    expect(secondsFrom(reserve(pacer, BURST, muchLater).starts, muchLater)).toEqual(
      Array(BURST).fill(0),
    );
  });

  test("is never in the past, in order, and never beyond the budget", () => {
    const asking = fc.array(fc.record({ count: fc.nat(80), waitMs: fc.nat(60_000) }), {
      minLength: 1,
      maxLength: 6,
    });
    fc.assert(
      fc.property(asking, (asked) => {
        let pacer = fresh;
        let time = now;
        const all: Date[] = [];
        for (const { count, waitMs } of asked) {
          time = new Date(time.getTime() + waitMs);
          const reserved = reserve(pacer, count, time);
          for (const start of reserved.starts)
            expect(start.getTime()).toBeGreaterThanOrEqual(time.getTime());
          pacer = reserved.pacer;
          all.push(...reserved.starts);
        }
        expect(all).toEqual([...all].sort((one, other) => one.getTime() - other.getTime()));
        expect(mostIn(3, all)).toBeLessThanOrEqual(BURST + 180_000 / INTERVAL);
      }),
    );
  });

  test.each([
    ["createRestorePoint", 120, 600],
    ["deleteRestorePoint", 350, 1000],
  ] as const)("of many %ss stays within both of Azure's windows", (request, inThree, inThirty) => {
    const busy = { ...fresh, budget: budgetFor(request, "sub-1", "westeurope") };
    const { starts } = reserve(busy, 3000, now);
    expect(mostIn(3, starts)).toBeLessThanOrEqual(inThree);
    expect(mostIn(30, starts)).toBeLessThanOrEqual(inThirty);
    expect(mostIn(30, starts)).toBeGreaterThan(inThirty * 0.9);
  });
});

describe("a pause", () => {
  const until = new Date(now.getTime() + 30_000);

  test("lets nothing start before its end, and then one after the other", () => {
    expect(secondsFrom(reserve(pushBack(fresh, until), 3, now).starts)).toEqual([30, 33.4, 36.8]);
  });

  test("does not shorten a longer one", () => {
    const longer = pushBack(fresh, new Date(now.getTime() + 60_000));
    expect(pushBack(longer, until)).toEqual(longer);
  });
});

describe("the pace of a fleet", () => {
  test("gives a burst of callers in one process distinct starts, in few writes", async () => {
    const table = new CountingTable(pacerTable);
    const pace = createPace(table);
    const starts = await Promise.all(
      Array.from({ length: 300 }, () => pace.nextStart(budget, now)),
    );
    expect(secondsFrom(starts)).toEqual(secondsFrom(reserve(fresh, 300, now).starts));
    expect(table.writes).toBeLessThanOrEqual(3);
  });

  test("keeps several processes together within one budget", async () => {
    const table = new InMemoryTable(pacerTable);
    const processes = Array.from({ length: 8 }, () => createPace(table));
    const asked = processes.flatMap((pace) =>
      Array.from({ length: 25 }, () => pace.nextStart(budget, now)),
    );
    const starts = secondsFrom(await Promise.all(asked)).sort((one, other) => one - other);
    expect(starts).toEqual(secondsFrom(reserve(fresh, 200, now).starts));
  });

  test("is each budget's own", async () => {
    const pace = createPace(new InMemoryTable(pacerTable));
    await pace.pause(budget, new Date(now.getTime() + 60_000));
    expect(
      await pace.nextStart(budgetFor("createRestorePoint", "sub-2", "westeurope"), now),
    ).toEqual(now);
    expect(
      await pace.nextStart(budgetFor("createRestorePoint", "sub-1", "northeurope"), now),
    ).toEqual(now);
    expect(
      secondsFrom([
        await pace.nextStart(budgetFor("createRestorePoint", "sub-1", "westeurope"), now),
      ]),
    ).toEqual([60]);
  });

  test("tells every caller of a block that its table failed, and works again afterwards", async () => {
    const table = new CountingTable(pacerTable);
    const pace = createPace(table);
    table.failures = 1;
    const asked = [pace.nextStart(budget, now), pace.nextStart(budget, now)];
    const settled = await Promise.allSettled(asked);
    expect(settled[0]).toMatchObject({ status: "rejected", reason: { message: "broken" } });
    expect(await pace.nextStart(budget, now)).toEqual(now);
  });
});

class CountingTable extends InMemoryTable<Pacer> {
  writes = 0;
  failures = 0;

  override async get(key: { partitionKey: string; rowKey: string }) {
    if (this.failures-- > 0) throw new Error("broken");
    return await super.get(key);
  }

  override async insert(record: Pacer) {
    this.writes++;
    return await super.insert(record);
  }

  override async replace(record: Pacer, etag: string) {
    this.writes++;
    return await super.replace(record, etag);
  }
}
