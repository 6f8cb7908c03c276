/** A restore point that is to be deleted while something is restored from it. */
import { beforeEach, describe, expect, test } from "vitest";
import { pointKey } from "../../src/lib/fleet/restore-point.ts";
import { operationIdOf } from "../../src/lib/operations/operation-id.ts";
import { pointRequestSchema } from "../../src/lib/requests/point-request.ts";
import { requestDeletion } from "../../src/lib/requests/request-deletion.ts";
import { requestPoint } from "../../src/lib/requests/request-point.ts";
import { MINUTE, RestoresScene } from "./restores-scene.ts";

const by = { id: "alice", kind: "person" } as const;

let scene: RestoresScene;
const state = async () => (await scene.rows()).map((row) => row.state);

describe("a restore point that is restored from", () => {
  const deletion = () =>
    scene.world.ask(scene.vm, (services, log) =>
      requestDeletion(
        services,
        { vm: scene.vm, point: scene.point },
        { by, correlationId: "c-2" },
        log,
      ),
    );
  const isThere = async () =>
    (await scene.world.tables.points.get(pointKey(scene.vm, scene.point))) !== undefined;

  beforeEach(async () => {
    scene = await new RestoresScene().begin();
    const wanted = pointRequestSchema.parse({});
    const asking = {
      id: operationIdOf(scene.vm, "01HZZZZZZZZZZZZZZZZZZZZZXZ"),
      by,
      correlationId: "c",
    };
    await scene.world.ask(scene.vm, (services, log) => requestPoint(services, asking, wanted, log));
    await scene.world.pass(3 * MINUTE);
  });

  test("is deleted when the restore has ended", async () => {
    scene.world.arm.vmMs = 20 * MINUTE;
    await scene.restore();
    await scene.world.pass(MINUTE);
    expect(await deletion()).toMatchObject({ kind: "accepted" });
    await scene.world.pass(15 * MINUTE);
    expect(await isThere()).toBe(true);
    await scene.world.pass(15 * MINUTE);
    expect(await isThere()).toBe(false);
    expect(await state()).toEqual(["Succeeded"]);
  });

  test("is not restored from any more once it is about to be deleted", async () => {
    await deletion();
    expect(await scene.problems({ kind: "vm" })).toEqual(["RestorePointBeingDeleted point"]);
  });
});
