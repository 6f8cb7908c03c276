import { describe, expect, test } from "vitest";
import { isOver } from "../../../src/lib/grants/grant.ts";
import { allOf } from "../../fakes/memory-tables.ts";
import { repeatably } from "../../fixtures/repeatably.ts";
import { person, RaceScene } from "./race-scene.ts";

const SEEDS = Array.from({ length: 40 }, (_, seed) => seed + 1);
const ALICE = person("alice");
const BOB = person("bob");

/** `by` asks three times at once with one id, for the first time at `firstSent`. */
function askThrice(scene: RaceScene, by: typeof ALICE, firstSent = scene.at) {
  const body = { vm: scene.vm, restorePoint: "s1-a1", disk: "web-01-os", reason: "Backup" };
  const asked = { method: "POST", body, headers: repeatably(firstSent) } as const;
  return [1, 2, 3].map(() => scene.ask("PostGrant", by, asked));
}

const granted = (answers: readonly { status: number; body: object }[]) =>
  answers.flatMap(({ status, body }) => (status === 202 ? [(body as { id: string }).id] : []));

describe.each(SEEDS)("seed %i", (seed) => {
  test("one request comes three times at once: there is one grant, and each is told of it", async () => {
    const scene = new RaceScene(seed);
    await scene.point("s1-a1");
    const firstSent = scene.at;
    const told = granted(await Promise.all(askThrice(scene, ALICE, firstSent)));
    expect(told).toHaveLength(3);
    expect(new Set(told).size).toBe(1);
    await scene.settle(60_000);
    expect(await allOf(scene.tables.grants)).toMatchObject([{ id: told[0], state: "Active" }]);
    const [replayed] = granted(await Promise.all(askThrice(scene, ALICE, firstSent)));
    expect(replayed).toBe(told[0]);
  });

  test("the requests of two holders come three times each: one of them gets the disk, and its lock", async () => {
    const scene = new RaceScene(seed);
    await scene.point("s1-a1");
    const asking = [...askThrice(scene, ALICE), ...askThrice(scene, BOB)];
    const told = new Set(granted(await Promise.all(asking)));
    expect(told.size).toBe(1);
    await scene.settle(60_000);
    const open = (await allOf(scene.tables.grants)).filter((grant) => !isOver(grant));
    expect(open.map(({ id }) => id)).toEqual([...told]);
    const locks = (await allOf(scene.tables.locks)).flatMap((row) => row.locks);
    expect(locks.map(({ grant }) => grant)).toEqual([...told]);
    expect(scene.arm.accesses).toHaveLength(1);
  });
});
