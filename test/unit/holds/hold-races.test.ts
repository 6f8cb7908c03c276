import { describe, expect, test } from "vitest";
import { allOf } from "../../fakes/memory-tables.ts";
import { Slowly } from "../../fakes/slowly.ts";
import { copyOf, hourly } from "../../fixtures/points.ts";
import { by, type RequestScene, recorded } from "../requests/upkeep-scene.ts";

const points = hourly(30);
const [first] = points as [(typeof points)[0]];
const { name } = first;
const copies = [copyOf(first, "northeurope"), copyOf(first, "westus")];
const hold = { reason: "a dispute", by: "alice", since: "2026-03-03T00:00:00.000Z" };

const held = async (it: RequestScene) => [
  (await it.point(name))?.legalHold,
  (await it.copyOf(name, "northeurope"))?.legalHold,
  (await it.copyOf(name, "westus"))?.legalHold,
  await it.legalHolds.get(it.vm, name),
];

describe("in whatever order a hold is placed and lifted", () => {
  /** It is lifted just before the `nth` effect of its placing. */
  async function interleaved(nth: number): Promise<{ it: RequestScene; done: boolean }> {
    const it = await recorded({ points, copies });
    let effects = 0;
    let done = false;
    const lift = async () => {
      if (effects++ !== nth || done) return;
      done = true;
      await it.lift(name);
    };
    const { put } = it.legalHolds;
    const { get } = it.tables.points;
    Object.assign(it.legalHolds, {
      put: async (...args: Parameters<typeof put>) => {
        await lift();
        await put(...args);
      },
    });
    it.tables.points.get = async (key) => {
      await lift();
      return await get.call(it.tables.points, key);
    };
    await it.hold(name);
    return { it, done };
  }

  test("what is on hold has its blob", async () => {
    let nth = 0;
    for (; ; nth++) {
      const { it, done } = await interleaved(nth);
      const [point, copy, blob] = await held(it);
      if (point || copy) expect(blob, `lifted at effect ${nth}`).toEqual(hold);
      if (!done) break;
    }
    expect(nth).toBeGreaterThan(3);
  });
});

describe("of two first holds at once", () => {
  const bob = { id: "bob", kind: "person" } as const;
  const asked = { alice: "a dispute", bob: "an audit" };

  async function race(seed: number, left: typeof points) {
    const it = await recorded({ points: left, copies });
    const slowly = new Slowly(seed);
    const tables = slowly.ports({ ...it.tables });
    const slow = Object.assign(Object.create(it), {
      tables,
      legalHolds: slowly.port(it.legalHolds),
    });
    const outcomes = await slowly.race(
      () => (slow as RequestScene).hold(name, asked.alice),
      () => (slow as RequestScene).hold(name, asked.bob, { by: bob, correlationId: "c-2" }),
    );
    return { it, outcomes };
  }

  test.each([
    ["a restore point and its copies", points],
    ["the copies of a restore point that is gone", []],
  ])("on %s one is placed, and both are told of it", async (_what, left) => {
    const winners = new Set<string>();
    for (let seed = 1; seed <= 60; seed++) {
      const { it, outcomes } = await race(seed, left);
      const placed = outcomes.flatMap((each) => (each.kind === "held" ? [each] : []));
      expect(placed.map(({ isNew }) => isNew).sort(), `seed ${seed}`).toEqual([false, true]);
      const [one, other] = placed;
      expect(other?.hold, `seed ${seed}`).toEqual(one?.hold);
      const rows = (await held(it)).slice(left.length === 0 ? 1 : 0);
      expect(rows, `seed ${seed}`).toEqual(rows.map(() => one?.hold));
      const log = (await allOf(it.tables.audit)).filter(({ action }) => action === "holdPlaced");
      const winner = one?.hold.by as keyof typeof asked;
      const entry = { actor: { id: winner }, reason: asked[winner] };
      expect(log, `seed ${seed}`).toMatchObject([entry]);
      winners.add(winner);
    }
    expect([...winners].sort()).toEqual([by.id, bob.id]);
  });

  test("the log tells of both that they were asked for", async () => {
    const it = await recorded({ points, copies });
    await Promise.all([
      it.hold(name, asked.alice),
      it.hold(name, asked.bob, { by: bob, correlationId: "c-2" }),
    ]);
    const log = await allOf(it.tables.audit);
    const askers = log.filter(({ action }) => action === "holdRequested");
    expect(askers.map(({ actor }) => actor.id).sort()).toEqual([by.id, bob.id]);
  });
});
