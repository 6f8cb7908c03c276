/** SAS of disk restore points: in the fake, and in the emulator behind the app's own client. */
import { beforeEach, describe, expect, test } from "vitest";
import { accessesOf } from "./arm-accesses.ts";
import { armKinds } from "./arm-kinds.ts";
import { pointsOf } from "./arm-points.ts";
import { type ArmScene, NEVER } from "./arm-scene.ts";

const HOUR = 3_600_000;
/** Six restore points in a row are more than Azure allows in an hour. */
const NO_BUDGETS = { throttlingFactor: 0 };

describe.each(armKinds(NO_BUDGETS))("access to a disk restore point, %s,", (_kind, create) => {
  let scene: ArmScene;
  let points: ReturnType<typeof pointsOf>;
  let accesses: ReturnType<typeof accessesOf>;
  let id: string;
  const made = async (name?: string) => {
    await points.ended(await points.accepted(name));
    return await points.diskRestorePointId(name);
  };
  beforeEach(async () => {
    scene = await create();
    scene.setCreateMs(20);
    scene.setAccessMs(20);
    points = pointsOf(scene);
    accesses = accessesOf(scene);
    await points.putCollection();
    id = await made();
  });

  test("comes to a SAS that opens the disk, in the shape of Azure's", async () => {
    const sas = await accesses.opened(id);
    expect(sas).toMatch(/^https:\/\/[^/]+\/[^/]+\/abcd\?.*\bsig=.*\bsp=r$/);
    expect(await scene.opens(sas)).toBe(true);
  });

  test("takes a while, and has no result until then", async () => {
    scene.setAccessMs(NEVER);
    const { statusUrl, resultUrl } = await accesses.begun(id);
    expect(await scene.arm.look(statusUrl)).toEqual({ kind: "running" });
    expect(await scene.arm.getAccess(resultUrl)).toMatchObject({ kind: "notFound" });
  });

  test("has a result that can be read again, and for a day", async () => {
    const { statusUrl, resultUrl } = await accesses.begun(id);
    await points.ended(statusUrl);
    const sas = await accesses.result(resultUrl);
    scene.advance(23 * HOUR);
    expect(await accesses.result(resultUrl)).toBe(sas);
    scene.advance(2 * HOUR);
    expect(await scene.arm.getAccess(resultUrl)).toMatchObject({ kind: "notFound" });
  });

  test("is over at its time", async () => {
    const sas = await accesses.opened(id, 600);
    scene.advance(9 * 60_000);
    expect(await scene.opens(sas)).toBe(true);
    scene.advance(60_000);
    expect(await scene.opens(sas)).toBe(false);
  });

  test("asked for once more lasts longer, and is the same SAS", async () => {
    const sas = await accesses.opened(id);
    scene.advance(HOUR / 2);
    expect(await accesses.opened(id)).toBe(sas);
    scene.advance(HOUR / 2 + 60_000);
    expect(await scene.opens(sas)).toBe(true);
    scene.advance(HOUR / 2);
    expect(await scene.opens(sas)).toBe(false);
  });

  test("asked for once more, and for less, lasts as long as it did", async () => {
    const sas = await accesses.opened(id);
    await accesses.opened(id, 60);
    scene.advance(HOUR / 2);
    expect(await scene.opens(sas)).toBe(true);
  });

  test.each<[string, () => Promise<void> | void]>([
    ["was ended", () => accesses.closed(id)],
    ["is over", () => scene.advance(HOUR + 60_000)],
  ])("is another SAS after the one before %s", async (_what, end) => {
    const before = await accesses.opened(id);
    await end();
    expect(await scene.opens(before)).toBe(false);
    const after = await accesses.opened(id);
    expect(after).not.toBe(before);
    expect([await scene.opens(before), await scene.opens(after)]).toEqual([false, true]);
  });

  test("is ended in any casing, and also when there is none", async () => {
    await accesses.closed(id);
    const sas = await accesses.opened(id.toLowerCase());
    await accesses.closed(id.toUpperCase());
    expect(await scene.opens(sas)).toBe(false);
  });

  test("that lands after its end opens the disk again", async () => {
    scene.setAccessMs(HOUR);
    const { statusUrl, resultUrl } = await accesses.begun(id, 7200);
    scene.setAccessMs(20);
    await accesses.closed(id);
    scene.advance(HOUR);
    await points.ended(statusUrl);
    expect(await scene.opens(await accesses.result(resultUrl))).toBe(true);
  });

  test("is there for five restore points of a disk at once", async () => {
    const ids = [id];
    for (const number of [2, 3, 4, 5, 6]) ids.push(await made(`t${number}-a1`));
    const sixth = ids.pop() ?? "";
    for (const each of ids) await accesses.opened(each);
    const refused = await scene.arm.beginGetAccess({ id: sixth, seconds: 3600 });
    expect(refused).toMatchObject({ kind: "refused", conflict: true });
    await accesses.opened(id);
    await accesses.closed(id);
    expect(await scene.opens(await accesses.opened(sixth))).toBe(true);
  });

  test("of six that begin at once comes to five", async () => {
    const ids = [id];
    for (const number of [2, 3, 4, 5, 6]) ids.push(await made(`t${number}-a1`));
    scene.setAccessMs(500);
    const begun = await Promise.all(ids.map((each) => accesses.begun(each)));
    const looks = await Promise.all(begun.map(({ statusUrl }) => points.ended(statusUrl)));
    const failed = looks.findIndex(({ kind }) => kind === "failed");
    expect(looks.filter(({ kind }) => kind === "succeeded")).toHaveLength(5);
    const answer = await scene.arm.getAccess(begun[failed]?.resultUrl ?? "");
    expect(answer).toMatchObject({ kind: "refused", conflict: true });
  });

  test("is not found for what is not there", async () => {
    for (const unknown of [`${id}-x`, id.replace("t1-a1", "t9-a1")]) {
      const begun = await scene.arm.beginGetAccess({ id: unknown, seconds: 60 });
      expect(begun).toMatchObject({ kind: "notFound" });
      expect(await scene.arm.endGetAccess(unknown)).toMatchObject({ kind: "notFound" });
    }
    const { statusUrl, resultUrl } = await accesses.begun(id);
    const looked = await scene.arm.look(scene.unknownStatusUrl(statusUrl));
    expect(looked).toMatchObject({ kind: "notFound" });
    const read = await scene.arm.getAccess(resultUrl.replace(/\/[^/?]+\?/, "/unknown?"));
    expect(read).toMatchObject({ kind: "notFound" });
  });

  test.each<[string, () => Promise<{ kind: string }>]>([
    ["restore point", () => scene.arm.deleteRestorePoint(points.target())],
    ["collection", () => scene.arm.deleteRestorePointCollection(scene.collection.id)],
  ])("keeps its %s from being deleted, until it is ended", async (_what, remove) => {
    const sas = await accesses.opened(id);
    expect(await remove()).toMatchObject({
      kind: "refused",
      conflict: true,
      error: { code: "DiskRestorePointUsedByCustomer" },
    });
    expect(await scene.opens(sas)).toBe(true);
    await accesses.closed(id);
    expect(["accepted", "done"]).toContain((await remove()).kind);
  });

  test("is not given while the restore point is deleted", async () => {
    scene.setDeleteMs(NEVER);
    await scene.arm.deleteRestorePoint(points.target());
    const answer = await scene.arm.beginGetAccess({ id, seconds: 60 });
    expect(answer).toMatchObject({ kind: "refused", conflict: true });
  });
});
