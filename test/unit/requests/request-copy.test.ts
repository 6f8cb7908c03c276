import { describe, expect, test } from "vitest";
import { copyTable } from "../../../src/lib/fleet/restore-point-copy.ts";
import { pointRequestStatus } from "../../../src/lib/plan/request-status.ts";
import { allOf } from "../../fakes/memory-tables.ts";
import { copyOf, DAY, HOUR, point, timeAt } from "../../fixtures/points.ts";
import { operationId } from "../../fixtures/records.ts";
import { by, type RequestScene, recorded } from "./upkeep-scene.ts";

const first = point(0);
const second = point(HOUR);
const status = (it: RequestScene, number = 7) => pointRequestStatus(it, operationId(number));

describe("a copy on demand", () => {
  test("is begun by the upkeep of the VM, and is an operation to whoever asked", async () => {
    const it = await recorded({ points: [first, second] });
    const answer = await it.copy(first.name, "westus");
    expect(answer).toMatchObject({ kind: "accepted", followUp: { points: [{ vm: it.vm }] } });
    expect(await status(it)).toMatchObject({ status: "NotStarted" });
    await it.upkeep();
    const copy = await it.copyOf(first.name, "westus");
    expect(copy).toMatchObject({ state: "Copying", requested: true });
    expect(await status(it)).toMatchObject({ status: "Running" });
    if (copy) await it.tables.copies.upsert({ ...copy, state: "Succeeded" });
    expect(await status(it)).toMatchObject({ status: "Succeeded", restorePoint: first.name });
    expect(await allOf(it.tables.audit)).toMatchObject([
      { action: "copyRequested", actor: by, region: "westus", point: first.name },
    ]);
  });

  test("is found again after a loss of the tables: it is written beside the restore point", async () => {
    const it = await recorded({ points: [first] });
    const { vmId, policies, consistencyRequested } = first;
    await it.recordedVms.put(it.vm, first.name, {
      vmId,
      policies,
      consistencyRequested,
      model: {},
    });
    await it.copy(first.name, "westus");
    expect(await it.recordedVms.get(it.vm, first.name)).toMatchObject({ copyTo: ["westus"] });
  });

  test("asked for twice is one, by its id, and once it is there", async () => {
    const it = await recorded({ points: [first] });
    const answer = await it.copy(first.name, "westus");
    expect(await it.copy(first.name, "westus")).toEqual(answer);
    await it.upkeep();
    const copy = await it.copyOf(first.name, "westus");
    expect(await it.copy(first.name, "westus", 8)).toMatchObject({ kind: "accepted" });
    expect(await status(it, 8)).toMatchObject({ status: "Running", restorePoint: first.name });
    expect(await it.copyOf(first.name, "westus")).toEqual(copy);
  });

  test("is had once: when it goes, by its time or by hand, it is not made again", async () => {
    const it = await recorded({ points: [first, second] });
    const { vmId, policies, consistencyRequested } = first;
    const asIs = { vmId, policies, consistencyRequested, model: {} };
    await it.recordedVms.put(it.vm, first.name, asIs);
    await it.copy(first.name, "westus");
    await it.upkeep();
    const copy = await it.copyOf(first.name, "westus");
    if (copy) await it.tables.copies.upsert({ ...copy, state: "Succeeded" });
    expect(await it.delete(first.name, "westus")).toMatchObject({ kind: "accepted" });
    if (copy) await it.tables.copies.remove(copyTable.keyOf(copy));
    await it.upkeep();
    expect(await it.copyOf(first.name, "westus")).toBeUndefined();
    // Nor after a loss of the tables.
    expect(await it.recordedVms.get(it.vm, first.name)).toMatchObject({ copyTo: [] });
  });

  test("can be asked about for a week, also when it ended long before that was written down", async () => {
    const it = await recorded({ points: [first, second] });
    await it.copy(first.name, "westus");
    await it.upkeep();
    const copy = await it.copyOf(first.name, "westus");
    const endedAt = it.at.toISOString();
    if (copy) await it.tables.copies.upsert({ ...copy, state: "Succeeded", endedAt });
    for (const days of [9, 6]) {
      it.at = new Date(it.at.getTime() + days * DAY);
      await it.upkeep();
      expect(await status(it)).toMatchObject({ status: "Succeeded", endedAt });
    }
    it.at = new Date(it.at.getTime() + 2 * DAY);
    await it.upkeep();
    expect(await status(it)).toBeUndefined();
  });

  test("is made of one that waited so long that the schedule overtook it", async () => {
    const late = { ...first, timeCreated: timeAt(2 * HOUR).toISOString() };
    const early = { ...second, timeCreated: timeAt(HOUR).toISOString() };
    const it = await recorded({ points: [late, early] });
    await it.copy(early.name, "westus", 8);
    await it.copy(late.name, "westus");
    await it.upkeep();
    const copy = await it.copyOf(early.name, "westus");
    expect(copy).toMatchObject({ state: "Copying", timeCreated: early.timeCreated });
    if (copy) await it.tables.copies.upsert({ ...copy, state: "Succeeded" });
    it.at = new Date(it.at.getTime() + HOUR);
    await it.upkeep();
    expect(await it.copyOf(late.name, "westus")).toMatchObject({ state: "Copying" });
  });

  test("comes to nothing when the restore point goes before", async () => {
    const it = await recorded({ points: [first, second] });
    await it.copy(first.name, "westus");
    await it.tables.points.remove({ partitionKey: it.vm, rowKey: first.name });
    expect(await status(it)).toMatchObject({ status: "Canceled" });
  });

  test("comes to nothing when a newer one is copied before it", async () => {
    const it = await recorded({ points: [first, second] });
    await it.copy(first.name, "westus");
    await it.tables.copies.upsert(copyOf(second, "westus"));
    expect(await status(it)).toMatchObject({ status: "Failed", error: { code: "CopiesInOrder" } });
  });
});

describe("a copy is refused", () => {
  test.each([
    ["of what did not succeed", { state: "Creating" as const }, [], "RestorePointNotReady"],
    ["to its own region", { location: "westus" }, [], "SameRegion"],
    ["of one older than the newest copy", {}, [copyOf(second, "westus")], "CopiesInOrder"],
    ["that failed before", {}, [copyOf(first, "westus", { state: "Failed" })], "CopyFailed"],
  ])("%s", async (_what, more, copies, code) => {
    const it = await recorded({ points: [{ ...first, ...more }], copies });
    const answer = await it.copy(first.name, "westus");
    expect(answer).toMatchObject({ kind: "refused", code, message: expect.any(String) });
    expect(await allOf(it.tables.requests)).toEqual([]);
  });

  test("of what is being deleted, and of what is not there", async () => {
    const deletion = { operation: operationId(3), reason: "Old.", decidedAt: first.at };
    const it = await recorded({ points: [{ ...first, deletion }] });
    expect(await it.copy(first.name, "westus")).toMatchObject({ code: "RestorePointDeleted" });
    expect(await it.copy("t9-a1", "westus")).toEqual({ kind: "notFound" });
  });
});
