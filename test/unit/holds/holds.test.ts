import { describe, expect, test } from "vitest";
import { endDeletion } from "../../../src/lib/operations/endings/end-deletion.ts";
import type { Ending } from "../../../src/lib/operations/endings/ending.ts";
import { planned } from "../../../src/lib/operations/planned.ts";
import { allOf } from "../../fakes/memory-tables.ts";
import { copyOf, DAY, hourly } from "../../fixtures/points.ts";
import { operationId, policy } from "../../fixtures/records.ts";
import { by, type RequestScene, recorded } from "../requests/upkeep-scene.ts";

const points = hourly(30);
const name = points[0]?.name ?? "";
const copies = points[0] ? [copyOf(points[0], "westus")] : [];
const hold = { reason: "a dispute", by: "alice", since: "2026-03-03T00:00:00.000Z" };
const deletion = { operation: operationId(3), reason: "Old.", decidedAt: hold.since };

const held = async (it: RequestScene) => [
  (await it.point(name))?.legalHold,
  (await it.copyOf(name, "westus"))?.legalHold,
  await it.legalHolds.get(it.vm, name),
];
const actions = async (it: RequestScene) =>
  (await allOf(it.tables.audit)).map(({ action, actor, reason }) => [action, actor.id, reason]);

describe("a legal hold", () => {
  test("is on the restore point, on its copies, and beside the tables; and nothing deletes them", async () => {
    const it = await recorded({ points, copies });
    expect(await it.hold(name)).toEqual({ kind: "held", hold, isNew: true, lost: [] });
    expect(await held(it)).toEqual([hold, hold, hold]);
    expect(await actions(it)).toEqual([
      ["holdPlaced", by.id, "a dispute"],
      ["holdRequested", by.id, "a dispute"],
    ]);
    await it.upkeep();
    expect((await it.point(name))?.deletion).toBeUndefined();
    expect((await it.copyOf(name, "westus"))?.deletion).toBeUndefined();
    expect((await it.point(points[1]?.name ?? ""))?.deletion).toBeDefined();
  });

  test("that was placed before stays as it is", async () => {
    const it = await recorded({ points, copies });
    await it.hold(name);
    it.at = new Date(it.at.getTime() + DAY);
    expect(await it.hold(name, "another")).toMatchObject({ kind: "held", hold, isNew: false });
    expect(await held(it)).toEqual([hold, hold, hold]);
    expect(await actions(it)).toHaveLength(2);
  });

  test("that is lifted is gone everywhere, and what it alone kept goes", async () => {
    const it = await recorded({ points, copies });
    await it.hold(name);
    it.at = new Date(it.at.getTime() + 60_000);
    expect(await it.lift(name)).toEqual({
      ...{ kind: "lifted", hold },
      followUp: { points: [{ vm: it.vm }] },
    });
    expect(await held(it)).toEqual([undefined, undefined, undefined]);
    expect((await actions(it)).map(([action]) => action)).toEqual([
      ...["holdPlaced", "holdRequested", "holdLifted"],
    ]);
    await it.upkeep();
    expect((await it.point(name))?.deletion).toBeDefined();
    expect(await it.lift(name)).toEqual({ kind: "notHeld" });
  });

  test("is also on what is left: the copy of a restore point that is gone", async () => {
    const it = await recorded({ points: points.slice(1), copies });
    expect(await it.hold(name)).toMatchObject({ kind: "held" });
    expect(await held(it)).toEqual([undefined, hold, hold]);
  });

  test("is on a copy that is made later", async () => {
    const active = policy("hourly", { copies: [{ region: "westus", retention: { last: 40 } }] });
    const it = await recorded({ points: points.slice(0, 1) }, active);
    await it.hold(name);
    await it.upkeep();
    expect((await it.copyOf(name, "westus"))?.legalHold).toEqual(hold);
  });

  test("is on a copy that is being recorded in the same moment", async () => {
    const active = policy("hourly", { copies: [{ region: "westus", retention: { last: 40 } }] });
    const it = await recorded({ points: points.slice(0, 1) }, active);
    const { insert } = it.tables.copies;
    it.tables.copies.insert = async (row) => {
      it.tables.copies.insert = insert.bind(it.tables.copies);
      await it.hold(name);
      return await it.tables.copies.insert(row);
    };
    await it.upkeep();
    expect((await it.copyOf(name, "westus"))?.legalHold).toEqual(hold);
  });
});

describe("the audit log", () => {
  test("tells of a hold that its process did not outlive", async () => {
    const it = await recorded({ points, copies });
    const { replace } = it.tables.copies;
    it.tables.copies.replace = async () => {
      throw new Error("The process dies.");
    };
    await expect(it.hold(name)).rejects.toThrow();
    it.tables.copies.replace = replace;
    expect((await it.point(name))?.legalHold).toEqual(hold);
    const requested = ["holdRequested", by.id, "a dispute"];
    expect(await actions(it)).toEqual([requested]);
    await it.hold(name);
    expect(await actions(it)).toEqual([["holdPlaced", by.id, "a dispute"], requested]);
  });

  test("tells that one was lifted of which only the blob was left", async () => {
    const it = await recorded({ points });
    await it.legalHolds.put(it.vm, name, hold);
    expect(await it.lift(name)).toMatchObject({ kind: "lifted", hold });
    expect(await it.legalHolds.get(it.vm, name)).toBeUndefined();
    expect(await actions(it)).toEqual([["holdLifted", by.id, "a dispute"]]);
  });

  test("has nothing to tell of a blob whose rows are lost, since it stays", async () => {
    const it = await recorded({ points: points.slice(1) });
    await it.legalHolds.put(it.vm, name, hold);
    expect(await it.lift(name)).toEqual({ kind: "notFound" });
    expect(await it.legalHolds.get(it.vm, name)).toEqual(hold);
  });
});

describe("a hold comes too late", () => {
  const [first] = points as [(typeof points)[0]];
  const going = { ...first, deletion };
  const ended = (it: RequestScene, ending: Ending) => {
    const { slot, restorePointId: target, location } = first;
    const what = { id: deletion.operation, vm: it.vm, target, slot, point: name } as const;
    const request = { location };
    const planning = { kind: "deleteRestorePoint", reason: "Old.", request } as const;
    return endDeletion(it, { ...what, ...planning, ...planned(it.at, DAY) }, ending);
  };

  test("for what is being deleted, and leaves nothing behind when it is gone", async () => {
    const it = await recorded({ points: [going] });
    expect(await it.hold(name)).toEqual({ kind: "beingDeleted", operation: deletion.operation });
    await ended(it, { kind: "succeeded" });
    expect(await held(it)).toEqual([undefined, undefined, undefined]);
  });

  test("for what is being deleted, and keeps it when that fails", async () => {
    const it = await recorded({ points: [going, ...points.slice(1)] });
    await it.hold(name);
    await ended(it, { kind: "failed", error: { code: "Conflict", message: "No." } });
    it.at = new Date(it.at.getTime() + DAY);
    await it.upkeep();
    expect(await it.point(name)).toMatchObject({
      ...{ legalHold: hold, deletion: { error: { code: "Conflict" } } },
    });
    expect(await it.delete(name)).toMatchObject({ kind: "refused", code: "LegalHold" });
  });

  test("for one of its copies, and says so", async () => {
    const going = copies.map((copy) => ({ ...copy, deletion }));
    const it = await recorded({ points, copies: going });
    expect(await it.hold(name)).toMatchObject({ kind: "held", lost: ["westus"] });
    expect(await held(it)).toEqual([hold, hold, hold]);
  });

  test("for what is not there, or failed", async () => {
    const it = await recorded({ points: points.map((each) => ({ ...each, state: "Failed" })) });
    expect(await it.hold("t9-a1")).toEqual({ kind: "notFound" });
    expect(await it.hold(name)).toEqual({ kind: "notFound" });
    expect(await it.lift(name)).toEqual({ kind: "notFound" });
  });
});
