import { describe, expect, test } from "vitest";
import { startOperation } from "../../../src/lib/operations/start-operation.ts";
import { operationId } from "../../fixtures/records.ts";
import { MINUTE, Scene, SECOND } from "./scene.ts";

const start = (scene: Scene) => startOperation(scene)(scene.id, scene.log);

describe("a planned operation", () => {
  test("makes the collection and asks for the restore point, then looks in two seconds", async () => {
    const scene = new Scene();
    const { target } = await scene.prepare();
    expect(await start(scene)).toEqual({});
    expect(scene.arm.calls).toEqual(["putRestorePointCollection", "putRestorePoint"]);
    expect([...scene.arm.restorePoints.values()].map(({ id, request }) => [id, request])).toEqual([
      [target, { id: target, consistencyMode: "CrashConsistent", excludeDiskIds: [] }],
    ]);
    expect(await scene.operation()).toMatchObject({
      state: "InProgress",
      look: 1,
      submittedAt: scene.later(0),
      nextLookAt: scene.later(2 * SECOND),
      statusUrl: expect.stringContaining("/operations/"),
    });
    expect(scene.delayed.sent).toEqual([
      {
        queue: "track-operation",
        message: { operation: scene.id, look: 1 },
        delayMs: 2 * SECOND,
      },
    ]);
  });

  test("asks for the restore point alone when the collection is known to exist", async () => {
    const scene = new Scene();
    const { request } = await scene.prepare();
    await scene.arm.putRestorePointCollection(request.collection);
    scene.arm.calls.length = 0;
    await scene.prepare({ request: { ...request, createCollection: false } });
    await start(scene);
    expect(scene.arm.calls).toEqual(["putRestorePoint"]);
    expect(await scene.operation()).toMatchObject({ state: "InProgress" });
  });

  test("makes the collection again when somebody deleted it", async () => {
    const scene = new Scene();
    const { request } = await scene.prepare();
    await scene.prepare({ request: { ...request, createCollection: false } });
    await start(scene);
    expect(scene.arm.calls).toEqual([
      "putRestorePoint",
      "putRestorePointCollection",
      "putRestorePoint",
    ]);
    expect(await scene.operation()).toMatchObject({ state: "InProgress" });
  });

  test("fails when the VM is gone", async () => {
    const scene = new Scene();
    await scene.prepare();
    scene.arm.vms.clear();
    await start(scene);
    expect(scene.arm.calls).toEqual(["putRestorePointCollection"]);
    expect(await scene.operation()).toMatchObject({
      state: "Failed",
      error: { code: "ResourceNotFound" },
    });
  });

  test("waits for the start that the pacer reserved, and then starts", async () => {
    const scene = new Scene();
    await scene.prepare();
    const startAt = scene.later(5 * SECOND);
    await scene.pace.pause(
      "createRestorePoint~11111111-2222-3333-4444-555555555555~westeurope",
      new Date(startAt),
    );
    await start(scene);
    expect(scene.arm.calls).toEqual([]);
    expect(await scene.operation()).toMatchObject({ state: "Planned", startAt });
    expect(scene.delayed.sent).toEqual([
      { queue: "start-operation", message: { operation: scene.id }, delayMs: 5 * SECOND },
    ]);
    scene.at += 5 * SECOND;
    await start(scene);
    expect(await scene.operation()).toMatchObject({ state: "InProgress" });
  });

  test("whose start is still to come drops a message that came before it", async () => {
    const scene = new Scene();
    await scene.prepare({ startAt: scene.later(30 * SECOND) });
    await start(scene);
    expect(scene.arm.calls).toEqual([]);
    expect(scene.delayed.sent).toEqual([]);
    expect(scene.log.events).toEqual(["messageDropped"]);
  });

  test("is given up after its deadline without a request", async () => {
    const scene = new Scene();
    const { deadlineAt } = await scene.prepare();
    scene.at = Date.parse(deadlineAt) + 1;
    await start(scene);
    expect(scene.arm.calls).toEqual([]);
    expect(await scene.operation()).toMatchObject({
      state: "Failed",
      error: { code: "DeadlineExceeded", message: expect.stringContaining(deadlineAt) },
    });
    expect(await scene.isActive()).toBe(false);
  });
});

describe("an operation that another function is submitting", () => {
  test("is left alone until the lease ends", async () => {
    const scene = new Scene();
    await scene.prepare({ state: "Submitting", leaseUntil: scene.later(MINUTE) });
    await start(scene);
    expect(scene.arm.calls).toEqual([]);
    expect(scene.delayed.sent).toEqual([
      { queue: "start-operation", message: { operation: scene.id }, delayMs: MINUTE },
    ]);
  });

  test("is adopted after the lease when Azure has the restore point", async () => {
    const scene = new Scene();
    const operation = await scene.prepare({ state: "Submitting", leaseUntil: scene.later(0) });
    await scene.putInAzure(operation);
    await start(scene);
    expect(scene.arm.calls).toEqual(["getRestorePoint"]);
    const adopted = await scene.operation();
    expect(adopted).toMatchObject({ state: "InProgress", look: 1 });
    expect(adopted).not.toHaveProperty("statusUrl");
    expect(scene.delayed.sent).toMatchObject([{ queue: "track-operation" }]);
  });

  test("is submitted after the lease when Azure does not have it", async () => {
    const scene = new Scene();
    await scene.prepare({ state: "Submitting", leaseUntil: scene.later(0) });
    await start(scene);
    expect(scene.arm.calls).toEqual([
      "getRestorePoint",
      "putRestorePointCollection",
      "putRestorePoint",
    ]);
  });
});

describe("a message that is out of date is dropped without a request", () => {
  test.each(["InProgress", "Succeeded", "Failed", "Canceled"] as const)(
    "when the operation is %s",
    async (state) => {
      const scene = new Scene();
      await scene.prepare({ state });
      await start(scene);
      expect(scene.arm.calls).toEqual([]);
      expect(scene.log.events).toEqual(["messageDropped"]);
    },
  );

  test("when there is no such operation", async () => {
    const scene = new Scene();
    expect(await startOperation(scene)(operationId(9), scene.log)).toEqual({});
    expect(scene.log.entries).toMatchObject([{ fields: { reason: "noOperation" } }]);
  });
});

test("of two functions that start one operation, one calls ARM", async () => {
  const scene = new Scene();
  await scene.prepare();
  await Promise.all([start(scene), start(scene)]);
  expect(scene.arm.calls.filter((call) => call === "putRestorePoint")).toHaveLength(1);
  expect(scene.log.entries).toContainEqual({
    event: "messageDropped",
    fields: { operation: scene.id, reason: "raced" },
  });
});
