/** What the record of a VM names as its newest good restore point once that one is deleted. */
import { describe, expect, test } from "vitest";
import { protectionKey } from "../../../src/lib/fleet/protection.ts";
import type { Point } from "../../../src/lib/fleet/restore-point.ts";
import { endDeletion } from "../../../src/lib/operations/endings/end-deletion.ts";
import type { Ending } from "../../../src/lib/operations/endings/ending.ts";
import { planned } from "../../../src/lib/operations/planned.ts";
import { DAY, HOUR, hourly, point } from "../../fixtures/points.ts";
import { operationId } from "../../fixtures/records.ts";
import { RequestScene } from "../requests/upkeep-scene.ts";

const [first, second, third] = hourly(3) as [Point, Point, Point];
const deletion = { operation: operationId(3), reason: "Old.", decidedAt: third.at };
const going = { ...third, deletion };

async function scene(points: readonly Point[], good = third) {
  const it = new RequestScene();
  const lastGoodPoint = { name: good.name, at: good.at };
  return await it.record({ points: [...points] }, { lastGoodPoint });
}

function end(it: RequestScene, ending: Ending = { kind: "succeeded" }) {
  const { name, slot, restorePointId: target, location } = third;
  const what = { id: deletion.operation, vm: it.vm, target, slot, point: name } as const;
  const asked = { kind: "deleteRestorePoint", reason: "Old.", request: { location } } as const;
  return endDeletion(it, { ...what, ...asked, ...planned(it.at, DAY) }, ending);
}

const good = async ({ tables, vm }: RequestScene) =>
  (await tables.protections.get(protectionKey(vm)))?.record.lastGoodPoint?.name;

describe("after its newest good restore point was deleted", () => {
  test("a VM has the one before it", async () => {
    const it = await scene([second, first, going]);
    await end(it);
    expect(await good(it)).toBe(second.name);
  });

  test.each<[string, Partial<Point>]>([
    ["of some disks only", { partial: true }],
    ["failed", { state: "Failed" }],
    ["being deleted", { deletion: { ...deletion, operation: operationId(4) } }],
  ])("a VM has no other that is %s", async (_what, more) => {
    const it = await scene([first, { ...second, ...more }, going]);
    await end(it);
    expect(await good(it)).toBe(first.name);
  });

  test("a VM without any other has none", async () => {
    const it = await scene([going]);
    await end(it);
    expect(await good(it)).toBeUndefined();
  });

  test("a VM has the one before it also when the process died on the way, and comes again", async () => {
    const it = await scene([first, going]);
    const { replace } = it.tables.protections;
    it.tables.protections.replace = () => Promise.reject(new Error("The process has died."));
    await expect(end(it)).rejects.toThrow("died");
    it.tables.protections.replace = replace;
    await end(it);
    expect(await good(it)).toBe(first.name);
  });

  test("a VM has the one that was made in the same moment", async () => {
    const it = await scene([first, going]);
    const { list } = it.tables.points;
    it.tables.points.list = async (...asked) => {
      const page = await list.apply(it.tables.points, asked);
      it.tables.points.list = list;
      await it.tables.points.insert(point(1.5 * HOUR, { name: "r1-a1" }));
      const key = protectionKey(it.vm);
      const record = (await it.tables.protections.get(key))?.record;
      if (record) await it.tables.protections.upsert({ ...record, openSlots: [] });
      return page;
    };
    await end(it);
    expect(await good(it)).toBe("r1-a1");
  });
});

describe("a VM keeps its newest good restore point", () => {
  test("when another one was deleted", async () => {
    const it = await scene([first, second, going], second);
    await end(it);
    expect(await good(it)).toBe(second.name);
  });

  test("whose deletion failed", async () => {
    const it = await scene([first, second, going]);
    await end(it, { kind: "failed", error: { code: "Conflict", message: "No." } });
    expect(await good(it)).toBe(third.name);
  });
});
