/** Disks and network interfaces that restores make: in the fake, and in the emulator behind the app's own client. */
import { beforeEach, describe, expect, test } from "vitest";
import { SUBNET } from "../integration/arm/given.ts";
import { collectionId, diskId, networkInterfaceId } from "../integration/arm/names.ts";
import {
  DATA_DISK_GB,
  type ResourceScene,
  resourceKinds,
  SECURITY_GROUP,
} from "./arm-resource-scene.ts";
import { restoredIn, TAGS } from "./arm-restored.ts";
import { NEVER } from "./arm-scene.ts";

const GONE = (id: string) => id.replace(/\/resourceGroups\/[^/]+/, "/resourceGroups/gone-rg");

describe.each(resourceKinds())("ARM %s", (_kind, create) => {
  let scene: ResourceScene;
  let restored: Awaited<ReturnType<typeof restoredIn>>;
  beforeEach(async () => {
    scene = await create();
    scene.setCreateMs(20);
    scene.setResourceMs(20);
    restored = await restoredIn(scene);
  });

  describe("a restored disk", () => {
    test("takes a while, and tells by its tags whose it is", async () => {
      scene.setResourceMs(NEVER);
      const answer = await scene.arm.putDisk(restored.disk("d1"));
      if (answer.kind !== "accepted") throw new Error(JSON.stringify(answer));
      expect(await scene.arm.look(answer.statusUrl ?? "")).toEqual({ kind: "running" });
      expect(await restored.found(diskId("d1"))).toEqual({
        id: diskId("d1"),
        tags: TAGS,
        provisioningState: "Creating",
      });
    });

    test("is there in the end, in a zone and larger if it shall be", async () => {
      const request = restored.disk("d1", { zone: "1", sizeInGB: 2 * DATA_DISK_GB });
      await restored.succeeded(scene.arm.putDisk(request));
      const expected = { tags: TAGS, provisioningState: "Succeeded" };
      expect(await restored.found(diskId("D1"))).toMatchObject(expected);
    });

    test("asked for once more is the one that is there", async () => {
      await restored.succeeded(scene.arm.putDisk(restored.disk("d1")));
      await restored.succeeded(scene.arm.putDisk(restored.disk("d1")));
      expect(await restored.found(diskId("d1"))).toMatchObject({ provisioningState: "Succeeded" });
    });

    test("does not become one of another disk restore point", async () => {
      await restored.succeeded(scene.arm.putDisk(restored.disk("d1")));
      const other = restored.disk("d1", { diskRestorePointId: restored.osPoint });
      expect(await scene.arm.putDisk(other)).toMatchObject({ kind: "refused", conflict: true });
    });

    test("does not take the place of a disk of the VM", async () => {
      const answer = await scene.arm.putDisk(restored.disk("web-01-data"));
      expect(answer).toMatchObject({ kind: "refused", conflict: true });
    });

    test.each<[string, () => Parameters<ResourceScene["arm"]["putDisk"]>[0], object]>([
      [
        "without its restore point",
        () => restored.disk("d1", { diskRestorePointId: restored.dataPoint.replace("t1", "t9") }),
        { kind: "notFound" },
      ],
      [
        "in another region",
        () => restored.disk("d1", { location: "northeurope" }),
        { kind: "refused", conflict: false },
      ],
      [
        "smaller than its source",
        () => restored.disk("d1", { sizeInGB: DATA_DISK_GB / 2 }),
        { kind: "refused", conflict: false },
      ],
      [
        "in a resource group that is not there",
        () => restored.disk("d1", { id: GONE(diskId("d1")) }),
        { kind: "notFound" },
      ],
    ])("is not made %s", async (_what, request, expected) => {
      expect(await scene.arm.putDisk(request())).toMatchObject(expected);
      expect(await scene.arm.getResource(diskId("d1"))).toMatchObject({ kind: "notFound" });
    });

    test("is not made of a copy until that is complete", async () => {
      const id = collectionId("rpc-north");
      const [location, sourceId] = ["northeurope", scene.collection.id];
      await scene.arm.putRestorePointCollection({ id, location, sourceId });
      scene.setCopyMs(NEVER);
      const target = `${id}/restorePoints/t1-a1`;
      const copy = { id: target, sourceRestorePointId: restored.points.target() };
      await restored.succeeded(scene.arm.copyRestorePoint(copy));
      const reading = await scene.arm.getRestorePoint(target);
      if (reading.kind !== "found") throw new Error(reading.error.message);
      const data = reading.restorePoint.disks.find(({ lun }) => lun === 0);
      const diskRestorePointId = data?.diskRestorePointId ?? "";
      const answer = await scene.arm.putDisk(restored.disk("d1", { location, diskRestorePointId }));
      expect(answer).toMatchObject({ kind: "refused", conflict: true });
    });

    test("is there although the answer was lost", async () => {
      scene.loseNextAnswerTo("putDisk");
      expect(await scene.arm.putDisk(restored.disk("d1"))).toMatchObject({ kind: "unsettled" });
      expect(await restored.found(diskId("d1"))).toMatchObject({ tags: TAGS });
    });

    test("that fails says why, and is not there", async () => {
      const error = { code: "InternalError", message: "Please retry." };
      scene.failNext("putDisk", error);
      const look = await restored.failed(scene.arm.putDisk(restored.disk("d1")));
      expect(look).toEqual({ kind: "failed", error });
      expect(await scene.arm.getResource(diskId("d1"))).toMatchObject({ kind: "notFound" });
    });

    test("is removed, which takes a while, and can fail", async () => {
      await restored.succeeded(scene.arm.putDisk(restored.disk("d1")));
      const error = { code: "InternalError", message: "Please retry." };
      scene.failNext("deleteResource", error);
      const look = await restored.failed(scene.arm.deleteResource(diskId("d1")));
      expect(look).toEqual({ kind: "failed", error });
      expect(await restored.found(diskId("d1"))).toMatchObject({ provisioningState: "Succeeded" });
      await restored.succeeded(scene.arm.deleteResource(diskId("d1")));
      expect(await scene.arm.getResource(diskId("d1"))).toMatchObject({ kind: "notFound" });
    });
  });

  describe("a restored network interface", () => {
    const id = networkInterfaceId("nic");
    const place = {
      subnetId: SUBNET,
      networkSecurityGroupId: SECURITY_GROUP,
      acceleratedNetworking: true,
    };

    test("is where it shall be, and tells by its tags whose it is", async () => {
      const request = restored.networkInterface("nic", place);
      await restored.succeeded(scene.arm.putNetworkInterface(request));
      const resource = { id, tags: TAGS, provisioningState: "Succeeded" };
      expect(await scene.arm.getResource(id)).toEqual({ kind: "found", resource });
      expect(await scene.arm.getNetworkPlace(id)).toEqual({ kind: "found", place });
    });

    test("asked for once more is the one that is there", async () => {
      await restored.succeeded(scene.arm.putNetworkInterface(restored.networkInterface("nic")));
      await restored.succeeded(scene.arm.putNetworkInterface(restored.networkInterface("nic")));
      expect(await restored.found(id)).toMatchObject({ tags: TAGS });
    });

    test("needs its subnet, in the same region", async () => {
      for (const more of [{ subnetId: `${SUBNET}-x` }, { location: "northeurope" }]) {
        const request = restored.networkInterface("nic", more);
        const answer = await scene.arm.putNetworkInterface(request);
        expect(answer).toMatchObject({ kind: "refused", conflict: false });
      }
      expect(await scene.arm.getResource(id)).toMatchObject({ kind: "notFound" });
    });

    test("needs its resource group", async () => {
      const request = restored.networkInterface("nic", { id: GONE(id) });
      expect(await scene.arm.putNetworkInterface(request)).toMatchObject({ kind: "notFound" });
    });

    test("is there although the answer was lost", async () => {
      scene.loseNextAnswerTo("putNetworkInterface");
      const request = restored.networkInterface("nic");
      expect(await scene.arm.putNetworkInterface(request)).toMatchObject({ kind: "unsettled" });
      expect(await restored.found(id)).toMatchObject({ tags: TAGS });
    });

    test("is removed", async () => {
      await restored.succeeded(scene.arm.putNetworkInterface(restored.networkInterface("nic")));
      await restored.succeeded(scene.arm.deleteResource(id));
      expect(await scene.arm.getResource(id)).toMatchObject({ kind: "notFound" });
    });
  });

  test.each([diskId("x"), networkInterfaceId("x")])("nothing is at %s", async (id) => {
    expect(await scene.arm.getResource(id)).toMatchObject({ kind: "notFound" });
    expect(["done", "notFound"]).toContain((await scene.arm.deleteResource(id)).kind);
  });
});
