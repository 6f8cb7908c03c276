import { describe, expect, test } from "vitest";
import {
  settlePoisonedOperation,
  settlePoisonedPlan,
} from "../../../src/lib/operations/settle-poisoned.ts";
import { allOf } from "../../fakes/memory-tables.ts";
import { operationId } from "../../fixtures/records.ts";
import { MINUTE, Scene, serverError } from "./scene.ts";

const settle = (scene: Scene) => settlePoisonedOperation(scene)(scene.id, scene.log);

test("a VM whose planning failed is planned again in five minutes", async () => {
  const scene = new Scene();
  await settlePoisonedPlan(scene)(scene.vm, "slot", scene.log);
  expect(await allOf(scene.tables.due)).toEqual([
    { vm: scene.vm, kind: "slot", minute: "2026-01-31T10:05" },
  ]);
  expect(scene.log.events).toEqual(["messagePoisoned"]);
});

describe("an operation whose message failed for good", () => {
  test("has failed when Azure knows nothing of its restore point", async () => {
    const scene = new Scene();
    await scene.prepare({ state: "Submitting", leaseUntil: scene.later(0) });
    await settle(scene);
    expect(await scene.operation()).toMatchObject({
      state: "Failed",
      error: { code: "MessagePoisoned", advice: expect.stringContaining("logs") },
    });
    expect(await scene.point()).toMatchObject({ state: "Failed" });
    expect(await scene.protection()).toMatchObject({
      openSlots: [],
      lastSlot: { error: { code: "MessagePoisoned" } },
    });
    expect(await scene.isActive()).toBe(false);
  });

  test("has succeeded when Azure has the restore point", async () => {
    const scene = new Scene();
    await scene.putInAzure(await scene.prepare());
    scene.at += MINUTE;
    await settle(scene);
    expect(await scene.operation()).toMatchObject({ state: "Succeeded" });
    expect(await scene.protection()).toMatchObject({ lastSlot: { state: "Succeeded" } });
  });

  test("goes on when Azure is still at it: the sweep comes back to it", async () => {
    const scene = new Scene();
    const operation = await scene.prepare();
    await scene.putInAzure(operation);
    expect(await settle(scene)).toEqual({});
    expect(await scene.operation()).toEqual(operation);
    expect(await scene.isActive()).toBe(true);
  });

  test("goes on when Azure cannot be asked", async () => {
    const scene = new Scene();
    const operation = await scene.prepare();
    scene.arm.fault = () => serverError;
    expect(await settle(scene)).toEqual({});
    expect(await scene.operation()).toEqual(operation);
    expect(await scene.isActive()).toBe(true);
  });

  test("is only cleared up when it has ended", async () => {
    const scene = new Scene();
    await scene.prepare({ state: "Succeeded" });
    await settle(scene);
    expect(scene.arm.calls).toEqual([]);
    expect(await scene.isActive()).toBe(false);
  });

  test("may be unknown", async () => {
    const scene = new Scene();
    expect(await settlePoisonedOperation(scene)(operationId(9), scene.log)).toEqual({});
    expect(scene.arm.calls).toEqual([]);
  });

  test("is logged with what is known of it", async () => {
    const scene = new Scene();
    await scene.prepare({ state: "InProgress", look: 1 });
    await settle(scene);
    expect(scene.log.entries[0]).toMatchObject({
      event: "messagePoisoned",
      fields: { operation: scene.id, state: "InProgress" },
    });
  });
});
