import { describe, expect, test } from "vitest";
import type { Protection } from "../../../src/lib/fleet/protection.ts";
import { type Point, pointTable } from "../../../src/lib/fleet/restore-point.ts";
import { allOf } from "../../fakes/memory-tables.ts";
import { point } from "../../fixtures/points.ts";
import { openSlot, operationId, protection, virtualMachine } from "../../fixtures/records.ts";
import { by, Scene } from "./point-scene.ts";

const scene = (more: Partial<Protection> = {}) => new Scene().record(more);

describe("a restore point on demand", () => {
  test("is a slot of its VM, as consistent as its policies ask for, and an operation to whoever asked", async () => {
    const it = await scene();
    expect(await it.ask()).toMatchObject({
      kind: "accepted",
      request: { id: operationId(7) },
      followUp: { plan: [{ vm: it.vm }] },
    });
    expect(await it.slots()).toMatchObject([
      { cause: "requested", consistency: "CrashConsistent", policies: ["hourly"] },
    ]);
    expect(await it.status()).toMatchObject({ status: "NotStarted" });
    expect(await allOf(it.tables.audit)).toMatchObject([
      { action: "pointRequested", actor: by, correlationId: "c-1" },
    ]);
  });

  test("asked for twice under one id is one", async () => {
    const it = await scene();
    const first = await it.ask();
    it.at += 5 * 60_000;
    expect(await it.ask()).toEqual(first);
    expect(await it.slots()).toHaveLength(1);
    expect(await allOf(it.tables.audit)).toHaveLength(1);
  });

  test("asked for under two ids in the same minute are two", async () => {
    const it = await scene();
    await it.ask({}, 7);
    await it.ask({}, 8);
    expect(new Set((await it.slots()).map(({ slot }) => slot)).size).toBe(2);
  });

  test("has what was asked for on its row and beside it, once it is being made", async () => {
    const it = await scene();
    await it.ask({ keepFor: "P30D", region: "northeurope", copies: ["swedencentral"] });
    await it.plan();
    const keepUntil = it.later(30 * 86_400_000);
    const asked = { keepUntil, onlyIn: "northeurope", copyTo: ["northeurope", "swedencentral"] };
    const [row] = await allOf(it.tables.points);
    expect(row).toMatchObject({ cause: "requested", state: "Creating", ...asked });
    expect(await it.recordedVms.get(it.vm, row?.name ?? "")).toMatchObject(asked);
    expect(await it.status()).toMatchObject({ status: "Running" });
  });

  test.each([
    [
      "what the request says",
      { consistency: "ApplicationConsistent" },
      {},
      "ApplicationConsistent",
    ],
    [
      "what the tag says",
      {},
      { options: { exclude: [], consistency: "ApplicationConsistent" as const } },
      "ApplicationConsistent",
    ],
    [
      "the best that can be had without policies",
      {},
      { status: "Unprotected" as const, policies: [] },
      "ApplicationThenCrashConsistent",
    ],
  ])("is as consistent as %s", async (_whose, wanted, more, consistency) => {
    const it = await scene(more);
    await it.ask(wanted);
    expect(await it.slots()).toMatchObject([{ consistency }]);
  });

  test("may be made of a VM that nobody knew, and is made of it though nothing protects it", async () => {
    const it = new Scene();
    it.arm.vms.set(it.vm, virtualMachine({ tags: {} }));
    expect(await it.ask()).toMatchObject({ kind: "accepted" });
    expect(await it.plan()).toMatchObject({ start: [expect.anything()] });
    expect(await it.protection()).toMatchObject({ status: "Unprotected" });
  });

  test("does not hold up the schedule: what waits of it stands behind", async () => {
    const it = await scene({ nextSlotAt: "2026-01-31T10:00:00.000Z" });
    await it.ask();
    await it.plan();
    const [first, second] = await it.slots();
    expect([first?.cause, second?.cause]).toEqual(["schedule", "requested"]);
  });
});

describe("whoever waits for it is told", () => {
  const ended = async (it: Scene, more: Partial<Point>) => {
    const [row] = await allOf(it.tables.points);
    if (row === undefined) throw new Error("Nothing is being made.");
    await it.tables.points.upsert({ ...row, ...more });
    const record = await it.protection();
    await it.tables.protections.upsert({ ...record, openSlots: [] });
    return row.name;
  };

  test("its name when it is there", async () => {
    const it = await scene();
    await it.ask();
    await it.plan();
    const restorePoint = await ended(it, { state: "Succeeded" });
    expect(await it.status()).toMatchObject({ status: "Succeeded", restorePoint });
  });

  test("why there is none", async () => {
    const it = await scene();
    await it.ask();
    await it.plan();
    const error = { code: "OperationNotAllowed", message: "No." };
    await ended(it, { state: "Failed", error });
    expect(await it.status()).toMatchObject({ status: "Failed", error });
  });

  test("that every disk was left out", async () => {
    const it = await scene();
    await it.ask({ excludeDisks: [{ disk: "web-01-os" }] });
    expect(await it.plan()).toEqual({ points: [{ vm: it.vm }] });
    expect(await it.status()).toMatchObject({
      status: "Failed",
      error: { code: "NoDiskToProtect", advice: expect.any(String) },
    });
  });

  test("that the VM was deleted before its turn came", async () => {
    const it = await scene();
    await it.ask();
    it.arm.vms.delete(it.vm);
    await it.plan();
    expect(await it.status()).toMatchObject({ status: "Canceled", error: { code: "VmDeleted" } });
  });

  test("that nobody asked under this id", async () => {
    expect(await (await scene()).status()).toBeUndefined();
  });
});

describe("a request is refused", () => {
  test("for a VM that is not there", async () => {
    expect(await new Scene().ask()).toEqual({ kind: "notFound" });
  });

  test("for a VM that is deleted", async () => {
    expect(await (await scene({ status: "VmDeleted" })).ask()).toEqual({ kind: "gone" });
  });

  test("when Azure does not say whether there is such a VM, and nothing is recorded", async () => {
    const it = new Scene();
    it.arm.fault = () => ({ kind: "unsettled", error: { code: "Busy", message: "" } });
    expect(await it.ask()).toMatchObject({ kind: "unreadable", failure: { kind: "unsettled" } });
    expect(await allOf(it.tables.requests)).toEqual([]);
  });

  test("when twenty wait already", async () => {
    const waiting = (number: number) =>
      openSlot({ slot: `r${number}`, cause: "requested", request: operationId(100 + number) });
    const openSlots = Array.from({ length: 20 }, (_, number) => waiting(number));
    const it = await scene({ openSlots });
    expect(await it.ask()).toEqual({ kind: "tooMany", most: 20 });
    expect(await allOf(it.tables.requests)).toEqual([]);
  });

  test("when Azure keeps no more restore points of the VM, and none may go", async () => {
    const it = await scene();
    const kept = { policies: ["nobody knows"] };
    await it.tables.protections.upsert(protection({ status: "Unprotected", policies: [] }));
    for (let minute = 0; minute < 490; minute++) {
      const row = point(minute * 60_000, kept);
      await it.tables.points.upsert(row);
    }
    expect(await it.ask()).toEqual({ kind: "limitReached", ours: 490, others: 0, most: 490 });
    const [oldest] = await allOf(it.tables.points);
    if (oldest) await it.tables.points.remove(pointTable.keyOf(oldest));
    expect(await it.ask()).toMatchObject({ kind: "accepted" });
  });
});

describe("a restore point on demand that is less than a policy asks for", () => {
  test("is none of the policy's, and no last good one when disks are left out", async () => {
    const it = await scene();
    await it.ask({ excludeDisks: [{ lun: 1 }] });
    expect(await it.slots()).toMatchObject([{ cause: "requested", policies: [], partial: true }]);
  });
});
