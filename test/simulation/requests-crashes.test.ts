/** Requests for restore points, copies, deletions and holds whose process dies between any two effects. */
import { describe, expect, test } from "vitest";
import { nameOfResource } from "../../src/lib/fleet/resource-id.ts";
import { pointKey } from "../../src/lib/fleet/restore-point.ts";
import type { VmKey } from "../../src/lib/fleet/vm-key.ts";
import { operationIdOf } from "../../src/lib/operations/operation-id.ts";
import { pointRequestStatus } from "../../src/lib/plan/request-status.ts";
import { pointRequestSchema } from "../../src/lib/requests/point-request.ts";
import { requestDeletion } from "../../src/lib/requests/request-deletion.ts";
import { requestPoint } from "../../src/lib/requests/request-point.ts";
import { allOf } from "../fakes/memory-tables.ts";
import { World } from "./world.ts";

const SECOND = 1000;
const MINUTE = 60 * SECOND;
/** Longer than a message of a process that died stays invisible, and the next two visits of the clean-up. */
const SETTLED = 20 * MINUTE;
const by = { id: "alice", kind: "person" } as const;
const hold = { reason: "a dispute" };
const wanted = pointRequestSchema.parse({ keepFor: "P30D", legalHold: hold });

class Scene {
  readonly world = new World();
  readonly vm: VmKey = this.world.addVm("web-01");
  readonly id = operationIdOf(this.vm, "01HZZZZZZZZZZZZZZZZZZZZZZZ");

  /** Its next slot is hours away. */
  async begin(): Promise<this> {
    await this.world.tag(this.vm, "daily");
    await this.world.pass(2 * MINUTE);
    return this;
  }

  point(asked = wanted) {
    const asking = { id: this.id, by, correlationId: "c-1" };
    return this.world.ask(this.vm, (services, log) => requestPoint(services, asking, asked, log));
  }

  delete(point: string) {
    const target = { vm: this.vm, point };
    const asking = { by, correlationId: "c-2" };
    return this.world.ask(this.vm, (services, log) =>
      requestDeletion(services, target, asking, log),
    );
  }

  status = () => pointRequestStatus(this.world, this.id);
  rows = async () =>
    (await allOf(this.world.tables.points)).filter(({ cause }) => cause === "requested");
  async audit(action: string): Promise<number> {
    const day = { partitionFrom: "day~", partitionTo: "day~~" };
    const entries = await allOf(this.world.tables.audit, day);
    return entries.filter((entry) => entry.action === action).length;
  }
}

/** Runs `act` undisturbed, and then once for each boundary of it, where the process dies. */
async function atEveryBoundary(
  prepare: () => Promise<Scene>,
  act: (scene: Scene) => Promise<void>,
  check: (scene: Scene, context: string) => Promise<void>,
): Promise<void> {
  const undisturbed = await prepare();
  const first = undisturbed.world.effects.count;
  await act(undisturbed);
  const boundaries = undisturbed.world.effects.count - first;
  await undisturbed.world.pass(SETTLED);
  await check(undisturbed, "undisturbed");
  expect(boundaries).toBeGreaterThan(20);
  for (let crashAt = 1; crashAt <= boundaries; crashAt++) {
    const scene = await prepare();
    scene.world.effects.crashAt = first + crashAt;
    await act(scene);
    await scene.world.pass(SETTLED);
    const context = `crash at boundary ${crashAt} of ${boundaries}`;
    expect(scene.world.crashes, context).toBe(1);
    await check(scene, context);
    expect(await allOf(scene.world.tables.active), context).toEqual([]);
  }
}

const begun = () => new Scene().begin();

async function expectMade(scene: Scene, context: string): Promise<void> {
  const rows = await scene.rows();
  expect(rows, context).toMatchObject([{ state: "Succeeded", legalHold: { ...hold, by: by.id } }]);
  const [row] = rows;
  expect(await scene.status(), context).toMatchObject({
    status: "Succeeded",
    restorePoint: row?.name,
    request: { outcome: { status: "Succeeded" } },
  });
  expect(scene.world.durable.legalHolds.size, context).toBe(1);
  expect(await scene.audit("pointRequested"), context).toBe(1);
  expect(await scene.audit("holdPlaced"), context).toBe(1);
}

describe("a request for a restore point", () => {
  test("that is repeated until it is answered makes one, and puts it on hold", async () => {
    const act = async (scene: Scene) => {
      for (let tries = 0; tries < 5 && (await scene.point()) === undefined; tries++) {
        await scene.world.pass(MINUTE);
      }
      await scene.world.pass(50 * SECOND);
    };
    await atEveryBoundary(begun, act, expectMade);
  });

  test("that was accepted is carried out, though whoever asked never asks again", async () => {
    const act = async (scene: Scene) => {
      await scene.point();
      await scene.world.pass(50 * SECOND);
    };
    await atEveryBoundary(begun, act, async (scene, context) => {
      if ((await allOf(scene.world.tables.requests)).length > 0) await expectMade(scene, context);
      else expect(await scene.rows(), context).toEqual([]);
    });
  });
});

describe("a deletion that somebody asks for", () => {
  const FIRST = "t1-a1";
  /** With a newer restore point, so that the first may go. */
  const prepare = async () => {
    const scene = await begun();
    await scene.point(pointRequestSchema.parse({}));
    await scene.world.pass(3 * MINUTE);
    return scene;
  };
  const isThere = ({ world, vm }: Scene) => world.tables.points.get(pointKey(vm, FIRST));
  const inAzure = ({ world, vm }: Scene) =>
    world.arm.succeeded(vm).map(({ id }) => nameOfResource(id));

  test("is carried out once, if it is repeated until it is answered", async () => {
    const act = async (scene: Scene) => {
      for (let tries = 0; tries < 5 && (await scene.delete(FIRST)) === undefined; tries++) {
        await scene.world.pass(MINUTE);
      }
      await scene.world.pass(50 * SECOND);
    };
    await atEveryBoundary(prepare, act, async (scene, context) => {
      expect(await isThere(scene), context).toBeUndefined();
      expect(inAzure(scene), context).not.toContain(FIRST);
      const operations = await allOf(scene.world.tables.operations);
      const deletions = operations.filter(({ kind }) => kind === "deleteRestorePoint");
      expect(deletions, context).toMatchObject([{ state: "Succeeded" }]);
      expect(await scene.audit("deletionRequested"), context).toBeGreaterThan(0);
    });
  });

  test("is carried out or never was, if it is not repeated, and never without its entry in the log", async () => {
    const act = async (scene: Scene) => {
      await scene.delete(FIRST);
      await scene.world.pass(50 * SECOND);
    };
    await atEveryBoundary(prepare, act, async (scene, context) => {
      const row = (await isThere(scene))?.record;
      expect(row?.deletion, context).toBeUndefined();
      if (row) return;
      expect(inAzure(scene), context).not.toContain(FIRST);
      expect(await scene.audit("deletionRequested"), context).toBe(1);
    });
  });
});
