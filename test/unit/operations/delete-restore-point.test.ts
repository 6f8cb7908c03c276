import { describe, expect, test } from "vitest";
import { deleteRestorePoint } from "../../../src/lib/operations/kinds/delete-restore-point.ts";
import type { DeleteOperation } from "../../../src/lib/operations/operation.ts";
import { MINUTE, Scene, serverError } from "./scene.ts";

/** The deletion of a failed attempt; Azure has the restore point in the state that the test gives it. */
async function leftOver(scene: Scene): Promise<DeleteOperation> {
  const { request: _, ...attempt } = await scene.prepare();
  return {
    ...attempt,
    kind: "deleteRestorePoint",
    reason: "It failed.",
    request: { location: "westeurope", onlyIfFailed: true },
  };
}

const deletes = (scene: Scene) => scene.arm.calls.filter((call) => call === "deleteRestorePoint");

describe("what a failed attempt left", () => {
  test("is deleted when Azure, too, says that it failed", async () => {
    const scene = new Scene();
    const operation = await leftOver(scene);
    const error = { code: "VMRestorePointInternalError", message: "It broke." };
    scene.arm.fault = (method) =>
      method === "putRestorePoint" ? { kind: "failLater", error } : undefined;
    await scene.putInAzure(await scene.prepare());
    scene.at += 10 * MINUTE;
    const answer = await deleteRestorePoint.submit(scene, operation, scene.log);
    expect(answer).toMatchObject({ kind: "accepted" });
  });

  test("stays when Azure made the restore point after all", async () => {
    const scene = new Scene();
    const operation = await leftOver(scene);
    await scene.putInAzure(await scene.prepare());
    scene.at += 10 * MINUTE;
    const answer = await deleteRestorePoint.submit(scene, operation, scene.log);
    expect(answer).toMatchObject({ kind: "refused", error: { code: "SucceededAfterAll" } });
    expect(deletes(scene)).toEqual([]);
  });

  test("is no deletion at all when nothing is there", async () => {
    const scene = new Scene();
    const operation = await leftOver(scene);
    expect(await deleteRestorePoint.submit(scene, operation, scene.log)).toEqual({ kind: "done" });
  });

  test("stays while Azure cannot be asked", async () => {
    const scene = new Scene();
    const operation = await leftOver(scene);
    await scene.putInAzure(await scene.prepare());
    scene.arm.fault = (method) => (method === "getRestorePoint" ? serverError : undefined);
    expect(await deleteRestorePoint.submit(scene, operation, scene.log)).toMatchObject(serverError);
    expect(deletes(scene)).toEqual([]);
  });
});
