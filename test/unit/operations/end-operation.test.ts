import { describe, expect, test } from "vitest";
import type { Protection } from "../../../src/lib/fleet/protection.ts";
import { clearUp, endOperation } from "../../../src/lib/operations/end-operation.ts";
import { type Ending, unknownOutcome } from "../../../src/lib/operations/endings/ending.ts";
import { allOf } from "../../fakes/memory-tables.ts";
import { openSlot, operationId } from "../../fixtures/records.ts";
import { MINUTE, Scene } from "./scene.ts";

const succeeded: Ending = {
  kind: "succeeded",
  restorePoint: {
    id: "/a/point",
    provisioningState: "Succeeded",
    consistencyMode: "CrashConsistent",
    timeCreated: "2026-01-31T10:00:01.000Z",
    disks: [{ name: "web-01-os", sizeInGB: 30, diskRestorePointId: "/a/disk/point" }],
  },
};
const failed: Ending = {
  kind: "failed",
  error: { code: "VMRestorePointInternalError", message: "Please retry." },
};

async function ended(ending: Ending, more: Partial<Protection> = {}) {
  const scene = new Scene();
  const operation = await scene.prepare({ state: "InProgress", look: 1 }, more);
  const followUp = await endOperation(scene, operation, ending, scene.log);
  return { scene, operation, followUp };
}

describe("success", () => {
  test("closes the slot, and remembers the collection", async () => {
    const { scene, operation } = await ended(succeeded);
    expect(await scene.protection()).toMatchObject({
      openSlots: [],
      collectionId: operation.request.collection.id,
      lastSlot: {
        slot: "t1",
        state: "Succeeded",
        point: "t1-a1",
        consistency: "CrashConsistent",
      },
      updatedAt: scene.later(0),
    });
  });

  test("records what Azure obtained on the point", async () => {
    const { scene } = await ended(succeeded);
    expect(await scene.point()).toMatchObject({
      state: "Succeeded",
      consistencyMode: "CrashConsistent",
      timeCreated: "2026-01-31T10:00:01.000Z",
      disks: [{ name: "web-01-os", sizeInGB: 30, diskRestorePointId: "/a/disk/point" }],
      endedAt: scene.later(0),
    });
  });

  test("is no longer under way, and is logged", async () => {
    const { scene, followUp } = await ended(succeeded);
    expect(await scene.operation()).toMatchObject({ state: "Succeeded" });
    expect(await scene.isActive()).toBe(false);
    expect(scene.log.events).toEqual(["restorePointSucceeded"]);
    expect(followUp).toEqual({ points: [{ vm: scene.vm }] });
  });
});

describe("failure", () => {
  test("that may pass opens the next attempt of the slot, and wakes the VM for it", async () => {
    const { scene, followUp } = await ended(failed);
    expect(await scene.protection()).toMatchObject({
      openSlots: [{ slot: "t1", attempt: 2, notBefore: scene.later(MINUTE) }],
      lastSlot: { state: "Failed", error: { code: "VMRestorePointInternalError" } },
    });
    expect((await scene.protection()).openSlots[0]).not.toHaveProperty("operation");
    expect(await allOf(scene.tables.due)).toEqual([
      { vm: scene.vm, kind: "slot", minute: "2026-01-31T10:01" },
    ]);
    expect(followUp).toEqual({ points: [{ vm: scene.vm }] });
  });

  test("that can be mended at once plans the VM again at once", async () => {
    const error = {
      code: "VMRestorePointClientError",
      message: "Creation with Shared disks is not supported: 'web-01-os'.",
    };
    const { scene, followUp } = await ended({ kind: "failed", error });
    expect(followUp).toMatchObject({ plan: [{ vm: scene.vm }] });
    expect((await scene.protection()).openSlots).toMatchObject([
      { attempt: 2, excludeDisks: [{ name: "web-01-os" }] },
    ]);
  });

  test("for good closes the slot with the reason and advice", async () => {
    const error = { code: "BadRequest", message: "No." };
    const { scene } = await ended({ kind: "failed", error });
    const { openSlots, lastSlot } = await scene.protection();
    expect(openSlots).toEqual([]);
    expect(lastSlot?.error).toEqual({ ...error, advice: expect.any(String) });
    expect(await scene.point()).toMatchObject({ state: "Failed", error });
    expect(scene.log.entries).toMatchObject([
      { event: "restorePointFailed", fields: { code: "BadRequest" } },
    ]);
  });

  test("of a VM that is no longer protected is not tried again", async () => {
    const { scene } = await ended(failed, { status: "Unprotected" });
    expect((await scene.protection()).openSlots).toEqual([]);
  });

  test("whose outcome nobody knows is not tried again: there could be two", async () => {
    const { scene } = await ended(unknownOutcome({ code: "ECONNRESET", message: "lost" }));
    expect(await scene.protection()).toMatchObject({
      openSlots: [],
      lastSlot: { state: "Failed", error: { code: "ECONNRESET" } },
    });
  });

  test("lets the slot behind it have its turn", async () => {
    const { scene, followUp } = await ended(
      { kind: "failed", error: { code: "BadRequest", message: "No." } },
      {
        openSlots: [
          openSlot({ operation: operationId() }),
          openSlot({ slot: "s202601311000", notBefore: "2026-01-31T10:00:00.000Z" }),
        ],
      },
    );
    expect((await scene.protection()).openSlots.map(({ slot }) => slot)).toEqual(["s202601311000"]);
    expect(followUp).toMatchObject({ plan: [{ vm: scene.vm }] });
  });
});

describe("the same end, told twice", () => {
  test.each([
    ["success", succeeded],
    ["failure", failed],
  ])("(%s) changes nothing and is logged once", async (_what, ending) => {
    const { scene, operation } = await ended(ending);
    const records = async () => [
      await scene.protection(),
      await scene.point(),
      await scene.operation(),
    ];
    const before = await records();
    scene.at += 1000;
    await endOperation(scene, operation, ending, scene.log);
    expect(await records()).toEqual(before);
    expect(scene.log.entries).toHaveLength(1);
  });

  test("leaves a later attempt of the slot alone", async () => {
    const { scene, operation } = await ended(failed);
    const second = openSlot({ attempt: 2, operation: operationId(2) });
    await scene.tables.protections.upsert({ ...(await scene.protection()), openSlots: [second] });
    await endOperation(scene, operation, failed, scene.log);
    expect((await scene.protection()).openSlots).toEqual([second]);
  });
});

describe("clearing up", () => {
  test("ends the bookkeeping of a VM whose records are gone", async () => {
    const scene = new Scene();
    const operation = await scene.prepare({ state: "Failed" });
    await scene.tables.protections.remove({
      partitionKey: scene.vm.split("~")[0] ?? "",
      rowKey: "shop~web-01",
    });
    expect(await clearUp(scene, operation)).toEqual({});
    expect(await scene.isActive()).toBe(false);
  });
});
