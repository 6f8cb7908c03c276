/** A request for grants whose process dies between any two effects, and that is sent again with its id. */
import { describe, expect, test } from "vitest";
import { allOf } from "../fakes/memory-tables.ts";
import { disk } from "../fixtures/records.ts";
import { repeatably } from "../fixtures/repeatably.ts";
import { expectNothingLeft } from "./expect-nothing-left.ts";
import { ALICE, GrantsScene, MINUTE, SECOND } from "./grants-scene.ts";

const DISKS = ["web-01-os", "web-01-data"];
const allDisks = { disk: undefined, duration: "PT30M" };

async function protectedVm(): Promise<GrantsScene> {
  const scene = new GrantsScene({ disks: DISKS.map((name) => disk(name)) });
  await scene.protect();
  return scene;
}

const idsIn = (body: Record<string, unknown>) =>
  (body["value"] as { id: string }[]).map(({ id }) => id).sort();

/** Each disk is open for one grant, which has its lock, and which the caller was told of. */
async function expectGrantedOnce(scene: GrantsScene, told: string[], context: string) {
  const { tables, arm } = scene.world;
  const active = (await scene.grants()).filter(({ state }) => state === "Active");
  expect(active.map(({ disk: { name } }) => name).sort(), context).toEqual([...DISKS].sort());
  expect(active.map(({ id }) => id).sort(), context).toEqual(told);
  const locks = (await allOf(tables.locks)).flatMap((row) => row.locks);
  expect(locks.map(({ grant }) => grant).sort(), context).toEqual(told);
  expect(arm.accesses.length, context).toBe(DISKS.length);
  // Whatever else a process left behind when it died was never granted.
  const others = (await scene.grants()).filter(({ state }) => state !== "Active");
  expect(
    others.filter(({ activeSince, state }) => activeSince !== undefined || state !== "Failed"),
    context,
  ).toEqual([]);
}

describe.each([
  ["at once", 0],
  ["when what was left unfinished has been given up", 3 * MINUTE],
])("a crash at every boundary of a request for all disks that is repeated %s", (_when, later) => {
  test("leaves one grant for each disk, and one answer", async () => {
    const undisturbed = await protectedVm();
    const first = undisturbed.world.effects.count;
    await undisturbed.request(ALICE, allDisks, repeatably(undisturbed.world.now));
    const boundaries = undisturbed.world.effects.count - first;
    expect(boundaries).toBeGreaterThan(30);

    let crashes = 0;
    for (let crashAt = 1; crashAt <= boundaries; crashAt++) {
      const context = `crash at boundary ${crashAt} of ${boundaries}`;
      const scene = await protectedVm();
      const { world } = scene;
      const headers = repeatably(world.now);
      world.effects.crashAt = first + crashAt;
      if ((await scene.request(ALICE, allDisks, headers)) === undefined) crashes++;
      await world.pass(later);
      const again = await scene.request(ALICE, allDisks, headers);
      expect(again?.status, context).toBe(202);
      const told = idsIn(again?.body ?? {});
      await world.pass(2 * MINUTE);
      await expectGrantedOnce(scene, told, context);

      const replayed = await scene.request(ALICE, allDisks, headers);
      expect(replayed, context).toMatchObject({
        status: 202,
        headers: { "Operation-Location": again?.headers["Operation-Location"] },
      });
      expect(idsIn(replayed?.body ?? {}), context).toEqual(told);
      await world.pass(35 * MINUTE);
      await expectNothingLeft(scene, context);
    }
    expect(crashes).toBe(boundaries);
  });
});

test("a repetition tells of a grant that is over by now, and grants nothing again", async () => {
  const scene = await protectedVm();
  const headers = repeatably(scene.world.now);
  const first = await scene.request(ALICE, { duration: "PT1M" }, headers);
  await scene.world.pass(3 * MINUTE);
  const again = await scene.request(ALICE, { duration: "PT1M" }, headers);
  expect(again).toMatchObject({
    status: 202,
    headers: { "Repeatability-Result": "accepted" },
    body: { id: first?.body["id"], state: "Revoked" },
  });
  await scene.world.pass(30 * SECOND);
  expect(await scene.grants()).toHaveLength(1);
  expect(scene.open()).toEqual([]);
});
