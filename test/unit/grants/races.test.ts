import { describe, expect, test } from "vitest";
import { isOver } from "../../../src/lib/grants/grant.ts";
import { allOf } from "../../fakes/memory-tables.ts";
import { PARTNER_ID, partner } from "../../fixtures/partners.ts";
import { policy } from "../../fixtures/records.ts";
import { person, RaceScene } from "./race-scene.ts";

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const SEEDS = Array.from({ length: 40 }, (_, seed) => seed + 1);
const ALICE = person("alice");

const tally = (answers: readonly { status: number }[]) =>
  Object.fromEntries(
    [202, 204, 409].map((status) => [
      status,
      answers.filter((each) => each.status === status).length,
    ]),
  );

const actions = async ({ tables }: RaceScene, holder: string) =>
  (
    await allOf(tables.audit, {
      partitionFrom: `holder~${holder}`,
      partitionTo: `holder~${holder}`,
    })
  ).map(({ action }) => action);

const idIn = (body: object): string => String((body as { id?: string }).id);

/** Alice may read the restore point, for a minute. */
async function granted(seed: number) {
  const scene = new RaceScene(seed);
  await scene.point("s1-a1");
  const { body } = await scene.grant(ALICE, "s1-a1", "PT1M");
  await scene.settle(20 * SECOND);
  const [access] = scene.arm.accesses;
  if (access === undefined) throw new Error("The disk is not open.");
  return { scene, id: idIn(body), url: access.url };
}

const grantsOf = ({ tables }: RaceScene) => allOf(tables.grants);

async function expectEnded(scene: RaceScene): Promise<void> {
  expect(scene.arm.accesses).toEqual([]);
  expect((await grantsOf(scene)).filter((grant) => !isOver(grant))).toEqual([]);
  expect((await allOf(scene.tables.locks)).flatMap(({ locks }) => locks)).toEqual([]);
}

describe.each(SEEDS)("seed %i", (seed) => {
  test("twenty holders ask for one disk at once: one gets it, nineteen are told when it is free", async () => {
    const scene = new RaceScene(seed);
    await scene.point("s1-a1");
    const holders = Array.from({ length: 20 }, (_, number) => person(`holder-${number}`));
    const answers = await Promise.all(holders.map((holder) => scene.grant(holder, "s1-a1")));
    expect(tally(answers)).toMatchObject({ 202: 1, 409: 19 });
    for (const { body } of answers.filter(({ status }) => status === 409)) {
      expect(body).toMatchObject({
        error: { code: "DiskHeldByAnother", message: expect.stringContaining("It is free at ") },
      });
    }
    await scene.settle(MINUTE);
    expect(await grantsOf(scene)).toMatchObject([{ state: "Active" }]);
    expect(scene.arm.accesses).toHaveLength(1);
  });

  test("one holder asks twice at once: both are told of the same grant", async () => {
    const scene = new RaceScene(seed);
    await scene.point("s1-a1");
    const answers = await Promise.all([
      scene.grant(ALICE, "s1-a1"),
      scene.grant(ALICE, "s1-a1", "PT2H"),
    ]);
    expect(tally(answers)).toMatchObject({ 202: 2 });
    expect(new Set(answers.map(({ body }) => idIn(body))).size).toBe(1);
    await scene.settle(MINUTE);
    const [grant] = await grantsOf(scene);
    expect(grant).toMatchObject({ state: "Active" });
    expect(grant?.sasUntil).toBe(grant?.expiresAt);
  });

  test("six restore points of one disk are asked for at once: five are granted", async () => {
    const scene = new RaceScene(seed);
    const names = ["s1-a1", "s2-a1", "s3-a1", "s4-a1", "s5-a1", "s6-a1"];
    for (const name of names) await scene.point(name);
    const answers = await Promise.all(
      names.map((name, number) => scene.grant(person(`holder-${number}`), name)),
    );
    expect(tally(answers)).toMatchObject({ 202: 5, 409: 1 });
    await scene.settle(MINUTE);
    expect(scene.arm.accesses).toHaveLength(5);
  });

  test.each(["wait", "end"])(
    "a request meets a deletion that would %s: the disk is granted, or it is gone",
    async (whenDeleted) => {
      const short = policy("hourly", { retention: { last: 1 }, grants: { whenDeleted } });
      const scene = new RaceScene(seed, [short]);
      const { restorePointId } = await scene.point("s1-a1");
      await scene.point("s2-a1");
      scene.send("plan-points", { vm: scene.vm });
      const [{ status, body }] = await scene.slowly.race(
        () => scene.grant(ALICE, "s1-a1", "PT10M"),
        () => scene.settle(0),
      );
      await scene.settle(MINUTE);
      const isThere = (await scene.arm.getRestorePoint(restorePointId)).kind === "found";
      if (status === 202 && whenDeleted === "wait") {
        expect(isThere).toBe(true);
        expect(scene.arm.accesses).toHaveLength(1);
      } else if (status !== 202) {
        // Whoever asks when it is gone is told so.
        expect([404, 409]).toContain(status);
        expect(body).toMatchObject({
          error: { code: expect.stringMatching(/BeingDeleted|NotFound/) },
        });
        expect(isThere).toBe(false);
      }
      await scene.settle(20 * MINUTE);
      await expectEnded(scene);
    },
  );

  test("an extension meets the expiry: the disk stays open, or it is closed and the holder told", async () => {
    const { scene, id, url } = await granted(seed);
    const [before] = await grantsOf(scene);
    await scene.settle(Date.parse(before?.expiresAt ?? "") - scene.at - 2500);
    const [{ status, body }] = await scene.slowly.race(
      () => scene.grant(ALICE, "s1-a1", "PT1H"),
      () => scene.settle(5 * SECOND),
    );
    await scene.settle(10 * SECOND);
    const answered = idIn(body);
    const states = new Map((await grantsOf(scene)).map((each) => [each.id as string, each.state]));
    if (status === 202 && answered === id) {
      expect(scene.arm.opens(url)).toBe(true);
      expect(states.get(id)).toBe("Active");
    } else if (status === 202) {
      // The end was there before the request: it is another grant, with another URL.
      expect(states.get(id)).toBe("Revoked");
      expect(states.get(answered)).toBe("Active");
      expect(scene.arm.opens(url)).toBe(false);
    } else {
      expect(body).toMatchObject({ error: { code: "GrantEnding" } });
      expect(states.get(id)).toBe("Revoked");
      expect(scene.arm.accesses).toEqual([]);
    }
    await scene.settle(2 * 60 * MINUTE);
    await expectEnded(scene);
  });

  test("a reading meets a DELETE: it is on record, or refused", async () => {
    const { scene, id } = await granted(seed);
    const params = { id };
    const [reading, end] = await scene.slowly.race(
      () => scene.ask("PostAccess", ALICE, { method: "POST", params }),
      () => scene.ask("DeleteGrant", ALICE, { method: "DELETE", params }),
    );
    expect(end.status).toBe(202);
    const [grant] = await grantsOf(scene);
    expect([200, 409]).toContain(reading.status);
    expect(grant?.readings).toBe(reading.status === 200 ? 1 : 0);
    await scene.settle(30 * SECOND);
    await expectEnded(scene);
  });

  test("two DELETEs end it once", async () => {
    const { scene, id } = await granted(seed);
    const end = () => scene.ask("DeleteGrant", ALICE, { method: "DELETE", params: { id } });
    expect(tally(await Promise.all([end(), end()]))).toMatchObject({ 202: 2 });
    await scene.settle(30 * SECOND);
    expect((await end()).status).toBe(204);
    expect(await actions(scene, "alice")).toEqual([
      ...["grantRequested", "grantIssued", "grantEnding", "grantRevoked"],
    ]);
    await expectEnded(scene);
  });

  test("a partner that is disabled in that moment gets nothing, or loses it", async () => {
    const scene = new RaceScene(seed);
    await scene.point("s1-a1");
    await scene.tables.partners.upsert(partner({ verbs: ["grants"] }));
    const vendor = { id: "x", kind: "app", roles: [], clientId: PARTNER_ID } as const;
    const admin = { id: "admin", kind: "person", roles: ["PolicyAdmin"] } as const;
    const disable = () =>
      scene.ask("DeletePartner", admin, { method: "DELETE", params: { id: PARTNER_ID } });
    await scene.slowly.race(() => scene.grant(vendor, "s1-a1"), disable);
    await scene.settle(MINUTE);
    await expectEnded(scene);
  });
});
