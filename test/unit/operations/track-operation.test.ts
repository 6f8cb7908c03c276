import { describe, expect, test } from "vitest";
import type { CreateOperation } from "../../../src/lib/operations/operation.ts";
import { trackOperation } from "../../../src/lib/operations/track-operation.ts";
import { MINUTE, Scene, SECOND, serverError, throttled } from "./scene.ts";

/** Azure has been at it since now; the first look is due. */
async function submitted(more: Partial<CreateOperation> = {}): Promise<Scene> {
  const scene = new Scene();
  const operation = await scene.prepare();
  const statusUrl = await scene.putInAzure(operation);
  await scene.prepare({ state: "InProgress", look: 1, statusUrl, ...more });
  return scene;
}

const look = (scene: Scene, number = 1) =>
  trackOperation(scene)({ operation: scene.id, look: number }, scene.log);

describe("a look", () => {
  test("at a running operation is one request, and asks for the next look", async () => {
    const scene = await submitted();
    await look(scene);
    expect(scene.arm.calls).toEqual(["look"]);
    expect(await scene.operation()).toMatchObject({
      state: "InProgress",
      look: 2,
      nextLookAt: scene.later(4 * SECOND),
    });
    expect(scene.delayed.sent).toEqual([
      {
        queue: "track-operation",
        message: { operation: scene.id, look: 2 },
        delayMs: 4 * SECOND,
      },
    ]);
  });

  test("at a finished operation reads the point, and records what Azure made", async () => {
    const scene = await submitted();
    scene.at += MINUTE;
    await look(scene);
    expect(scene.arm.calls).toEqual(["look", "getRestorePoint"]);
    expect(await scene.operation()).toMatchObject({ state: "Succeeded", endedAt: scene.later(0) });
    expect(await scene.point()).toMatchObject({
      state: "Succeeded",
      consistencyMode: "ApplicationConsistent",
      timeCreated: expect.any(String),
      disks: [{ name: "web-01-os", diskRestorePointId: expect.any(String) }],
    });
    expect(scene.delayed.sent).toEqual([]);
  });

  test("at a failed operation records Azure's reason", async () => {
    const scene = new Scene();
    const operation = await scene.prepare();
    const error = { code: "VMRestorePointInternalError", message: "Please retry." };
    scene.arm.fault = () => ({ kind: "failLater", error });
    const statusUrl = await scene.putInAzure(operation);
    await scene.prepare({ state: "InProgress", look: 1, statusUrl });
    scene.at += MINUTE;
    await look(scene);
    expect(await scene.operation()).toMatchObject({ state: "Failed", error });
    expect(await scene.point()).toMatchObject({ state: "Failed", error });
  });

  test.each([0, 2, 7])("with number %i is out of date: no request, no message", async (number) => {
    const scene = await submitted();
    await look(scene, number);
    expect(scene.arm.calls).toEqual([]);
    expect(scene.delayed.sent).toEqual([]);
    expect(scene.log.events).toEqual(["messageDropped"]);
  });

  test("that comes twice at once makes one next look", async () => {
    const scene = await submitted();
    await Promise.all([look(scene), look(scene)]);
    expect(scene.delayed.sent).toHaveLength(1);
    expect((await scene.operation()).look).toBe(2);
  });

  test("at an operation that has ended only clears up", async () => {
    const scene = await submitted({ state: "Succeeded" });
    await look(scene);
    expect(scene.arm.calls).toEqual([]);
    expect(await scene.isActive()).toBe(false);
  });
});

describe("looks become rarer: after look", () => {
  test.each([
    [1, 4],
    [2, 8],
    [3, 16],
    [4, 32],
    [5, 60],
    [50, 60],
  ])("%i the next one is %i s later", async (number, seconds) => {
    const scene = await submitted({ look: number });
    await look(scene, number);
    expect(scene.delayed.sent).toMatchObject([{ delayMs: seconds * SECOND }]);
  });

  test("1 the next one waits for Retry-After, if that is longer", async () => {
    const scene = await submitted();
    scene.arm.look = async () => ({ kind: "running", retryAfterMs: 45 * SECOND });
    await look(scene);
    expect(scene.delayed.sent).toMatchObject([{ delayMs: 45 * SECOND }]);
  });
});

describe("the restore point itself is looked at", () => {
  test("when its status URL is gone", async () => {
    const scene = await submitted({ statusUrl: "https://arm.test/operations/gone" });
    scene.at += MINUTE;
    await look(scene);
    expect(scene.arm.calls).toEqual(["look", "getRestorePoint"]);
    expect(await scene.operation()).toMatchObject({ state: "Succeeded" });
  });

  test("when its status URL is refused", async () => {
    const scene = await submitted();
    const error = { code: "ForeignStatusUrl", message: "Not ours." };
    scene.arm.fault = (method) =>
      method === "look" ? { kind: "refused", conflict: false, error } : undefined;
    await look(scene);
    expect(scene.arm.calls).toEqual(["look", "getRestorePoint"]);
    expect(await scene.operation()).toMatchObject({ state: "InProgress", look: 2 });
  });

  test("when its status URL was never known", async () => {
    const scene = new Scene();
    await scene.putInAzure(await scene.prepare());
    await scene.prepare({ state: "InProgress", look: 1 });
    await look(scene);
    expect(scene.arm.calls).toEqual(["getRestorePoint"]);
    expect(await scene.operation()).toMatchObject({ state: "InProgress", look: 2 });
  });

  test.each([
    ["Failed", "RestorePointFailed"],
    ["Deleting", "RestorePointDeleting"],
  ])("and its state %s ends the operation as %s", async (provisioningState, code) => {
    const scene = await submitted({ statusUrl: "https://arm.test/operations/gone" });
    const restorePoint = { id: "", provisioningState, disks: [] };
    scene.arm.getRestorePoint = async () => ({ kind: "found", restorePoint });
    await look(scene);
    expect(await scene.operation()).toMatchObject({ state: "Failed", error: { code } });
  });

  test("and fails the operation when it is gone too", async () => {
    const scene = await submitted();
    scene.arm.restorePoints.clear();
    await look(scene);
    expect(await scene.operation()).toMatchObject({
      state: "Failed",
      error: { code: "ResourceNotFound" },
    });
  });
});

describe("a look that fails says nothing about the operation", () => {
  test("an error is counted, and looked at again with patience", async () => {
    const scene = await submitted({ transientErrors: 2 });
    scene.arm.fault = () => serverError;
    await look(scene);
    expect(await scene.operation()).toMatchObject({
      state: "InProgress",
      look: 2,
      transientErrors: 3,
    });
    expect(scene.delayed.sent).toMatchObject([{ delayMs: 8 * SECOND }]);
  });

  test("throttling waits for Retry-After and is not counted", async () => {
    const scene = await submitted({ transientErrors: 2 });
    scene.arm.fault = () => throttled(false, 90 * SECOND);
    await look(scene);
    expect(await scene.operation()).toMatchObject({ look: 2, transientErrors: 2 });
    expect(scene.delayed.sent).toMatchObject([{ delayMs: 90 * SECOND }]);
  });

  test("an answer ends the row of errors", async () => {
    const scene = await submitted({ transientErrors: 9 });
    await look(scene);
    expect(await scene.operation()).toMatchObject({ transientErrors: 0 });
  });
});

test("an operation that Azure does not finish in time is given up, and its slot not tried again", async () => {
  const scene = await submitted();
  scene.arm.look = async () => ({ kind: "running" });
  scene.at = Date.parse((await scene.operation()).deadlineAt);
  await look(scene);
  expect(await scene.operation()).toMatchObject({
    state: "Failed",
    error: { code: "DeadlineExceeded", advice: expect.stringContaining("may be there") },
  });
  expect((await scene.protection()).openSlots).toEqual([]);
  expect(scene.delayed.sent).toEqual([]);
});
