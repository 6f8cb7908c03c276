import { describe, expect, test } from "vitest";
import { endDeletion } from "../../../src/lib/operations/endings/end-deletion.ts";
import type { DeleteOperation } from "../../../src/lib/operations/operation.ts";
import { planned } from "../../../src/lib/operations/planned.ts";
import { allOf } from "../../fakes/memory-tables.ts";
import { by, Scene } from "./point-scene.ts";

describe("a restore point on demand that is to be on hold", () => {
  test("is on hold from the beginning, beside the tables as well, and the log tells who placed it", async () => {
    const it = await new Scene().record();
    await it.ask({ legalHold: { reason: "a dispute" } });
    await it.plan();
    const hold = { reason: "a dispute", by: by.id, since: it.later(0) };
    const [row] = await allOf(it.tables.points);
    expect(row).toMatchObject({ state: "Creating", legalHold: hold });
    expect(await it.legalHolds.get(it.vm, row?.name ?? "")).toEqual(hold);
    expect(await allOf(it.tables.audit)).toContainEqual(
      expect.objectContaining({ action: "holdPlaced", point: row?.name, actor: by }),
    );
  });

  test("leaves no hold behind of an attempt that failed, once Azure has nothing of it", async () => {
    const it = await new Scene().record();
    await it.ask({ legalHold: { reason: "a dispute" } });
    await it.plan();
    const [row] = await allOf(it.tables.points);
    if (row === undefined) throw new Error("Nothing is being made.");
    const { vm, name: point, slot, location, operation: id, restorePointId: target } = row;
    const decided = { operation: id, reason: "It failed.", decidedAt: it.later(0) };
    await it.tables.points.upsert({ ...row, state: "Failed", deletion: decided });
    const kind = "deleteRestorePoint";
    const request = { location, onlyIfFailed: true } as const;
    const times = planned(it.now(), 60_000);
    const deletion = {
      id,
      vm,
      kind,
      target,
      point,
      slot,
      reason: decided.reason,
      request,
      ...times,
    };
    expect(await it.legalHolds.get(vm, point)).toBeDefined();
    await endDeletion(it, deletion as DeleteOperation, { kind: "succeeded" });
    expect(await it.legalHolds.get(vm, point)).toBeUndefined();
  });
});
