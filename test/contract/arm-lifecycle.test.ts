/** Deletions, copies and lists: in the fake, and in the emulator behind the app's own client. */
import { beforeEach, describe, expect, test, vi } from "vitest";
import { vmNameOf } from "../../src/lib/fleet/vm-key.ts";
import type { Accepted } from "../../src/lib/operations/arm.ts";
import { collectionId } from "../integration/arm/names.ts";
import { accessesOf } from "./arm-accesses.ts";
import { armKinds } from "./arm-kinds.ts";
import { pointsOf } from "./arm-points.ts";
import type { ArmScene } from "./arm-scene.ts";

const REGION = "northeurope";

describe.each(armKinds())("ARM %s", (_kind, create) => {
  let scene: ArmScene;
  let points: ReturnType<typeof pointsOf>;
  beforeEach(async () => {
    scene = await create();
    scene.setCreateMs(20);
    scene.setCopyMs(60);
    points = pointsOf(scene);
    await points.putCollection();
    await points.ended(await points.accepted());
  });

  const accepted = (answer: { kind: string }): Accepted => {
    expect(answer).toMatchObject({ kind: "accepted", statusUrl: expect.any(String) });
    return answer as Accepted;
  };

  describe("a deletion", () => {
    test("ends with the restore point gone", async () => {
      const { statusUrl = "" } = accepted(await scene.arm.deleteRestorePoint(points.target()));
      expect(await points.ended(statusUrl)).toEqual({ kind: "succeeded" });
      expect(await scene.arm.getRestorePoint(points.target())).toMatchObject({ kind: "notFound" });
    });

    test("of what is not there is no success of its own", async () => {
      const answer = await scene.arm.deleteRestorePoint(points.target("nothing"));
      expect(["done", "notFound"]).toContain(answer.kind);
    });

    test("is refused while a disk is open to somebody", async () => {
      await accessesOf(scene).opened(await points.diskRestorePointId());
      const answer = await scene.arm.deleteRestorePoint(points.target());
      const failure =
        answer.kind === "accepted" ? await points.ended(answer.statusUrl ?? "") : answer;
      expect(failure).toMatchObject({ error: { code: "DiskRestorePointUsedByCustomer" } });
      expect(await points.reading()).toMatchObject({ provisioningState: "Succeeded" });
    });
  });

  describe("a copy in another region", () => {
    const target = `${collectionId("rpc-web-01-north")}/restorePoints/t1-a1`;
    const putTarget = () =>
      scene.arm.putRestorePointCollection({
        id: collectionId("rpc-web-01-north"),
        location: REGION,
        sourceId: scene.collection.id,
      });
    const copy = () =>
      scene.arm.copyRestorePoint({ id: target, sourceRestorePointId: points.target() });

    test("is complete when its replication is, and tells what it is of", async () => {
      expect(await putTarget()).toEqual({ kind: "done" });
      accepted(await copy());
      const done = await vi.waitFor(
        async () => {
          const reading = await scene.arm.getReplication(target);
          if (reading.kind !== "found") throw new Error(reading.error.message);
          expect(reading.replication.state).toBe("succeeded");
          return reading;
        },
        { timeout: 10_000, interval: 10 },
      );
      expect(done).toMatchObject({
        replication: { percent: 100 },
        restorePoint: {
          provisioningState: "Succeeded",
          sourceRestorePointId: expect.stringMatching(/\/t1-a1$/i),
        },
      });
      expect(done.restorePoint.disks).toHaveLength(2);
    });

    test("says how far it is while it runs, although Azure calls it Succeeded", async () => {
      scene.setCopyMs(3_600_000);
      await putTarget();
      await points.ended(accepted(await copy()).statusUrl ?? "");
      expect(await scene.arm.getReplication(target)).toMatchObject({
        restorePoint: { provisioningState: "Succeeded" },
        replication: { state: "running", percent: expect.any(Number) },
      });
    });

    test("needs its collection", async () => {
      expect(await copy()).toMatchObject({ kind: "notFound" });
    });

    test("is one at a time, and never of a copy", async () => {
      scene.setCopyMs(3_600_000);
      await putTarget();
      await copy();
      await points.ended(await points.accepted("t2-a1"));
      const second = await scene.arm.copyRestorePoint({
        id: target.replace("t1-a1", "t2-a1"),
        sourceRestorePointId: points.target("t2-a1"),
      });
      expect(second.kind).toBe("refused");
    });
  });

  describe("lists", () => {
    test("have every VM of the subscription, page by page", async () => {
      const { subscriptionId } = vmNameOf(scene.vm);
      const page = await scene.arm.listVirtualMachines(subscriptionId);
      expect(page).toMatchObject({ kind: "page", vms: [{ name: "web-01" }] });
      expect(page).not.toHaveProperty("continuation");
    });

    test("have every collection, with its source and whether it is ours", async () => {
      const { subscriptionId } = vmNameOf(scene.vm);
      const page = await scene.arm.listRestorePointCollections(subscriptionId);
      if (page.kind !== "page") throw new Error(page.error.message);
      const [collection] = page.collections;
      expect(collection).toMatchObject({ location: scene.collection.location, managed: true });
      expect(collection?.sourceId?.toLowerCase()).toBe(scene.collection.sourceId.toLowerCase());
    });

    test("of one collection have its restore points", async () => {
      const answer = await scene.arm.getRestorePointCollection(scene.collection.id);
      expect(answer).toMatchObject({
        kind: "found",
        collection: { restorePoints: [{ provisioningState: "Succeeded" }] },
      });
      const missing = await scene.arm.getRestorePointCollection(collectionId("nothing"));
      expect(missing).toMatchObject({ kind: "notFound" });
    });
  });

  test("a collection is deleted with its restore points", async () => {
    const answer = await scene.arm.deleteRestorePointCollection(scene.collection.id);
    if (answer.kind === "accepted") await points.ended(answer.statusUrl ?? "");
    expect(await scene.arm.getRestorePoint(points.target())).toMatchObject({ kind: "notFound" });
  });
});
