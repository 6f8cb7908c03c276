import { describe, expect, test } from "vitest";
import {
  givenCopy,
  givenCopyable,
  givenTarget,
  putCopy,
  replicationOf,
  TARGET,
  withInstanceView,
} from "./copies-scene.ts";
import { all, givenRestorePoint, POLL } from "./given.ts";
import { diskId, GROUP, LOCATION, restorePointId } from "./names.ts";
import { azuriteOfThisFile } from "./scene.ts";
import { finished } from "./wait.ts";

const start = azuriteOfThisFile();
const HOUR = 3_600_000;

describe("a copy in another region", () => {
  test("says Succeeded when it has begun; its instance view tells how far it is", async () => {
    const arm = await start({ copyMs: HOUR, copyProgressStepMs: HOUR / 6 });
    await givenCopyable(arm);
    expect(await givenCopy(arm, "rp-1")).toMatchObject({
      provisioningState: "Succeeded",
      consistencyMode: "CrashConsistent",
      sourceRestorePoint: { id: restorePointId("web-01-rpc", "rp-1") },
    });
    const begun = await withInstanceView(arm, "rp-1");
    expect(replicationOf(begun)).toMatchObject({
      completionPercent: 0,
      status: { code: "ReplicationState/inProgress" },
    });
    expect(begun.instanceView?.diskRestorePoints?.[0]?.snapshotAccessState).toBe("Pending");
    arm.emulator.advance(HOUR / 2);
    expect(replicationOf(await withInstanceView(arm, "rp-1"))?.completionPercent).toBe(50);
    arm.emulator.advance(HOUR / 2);
    expect(replicationOf(await withInstanceView(arm, "rp-1"))).toMatchObject({
      completionPercent: 100,
      status: { code: "ReplicationState/succeeded", displayStatus: "Succeeded" },
    });
  });

  test("has disk restore points of a family of their own, each with the one that it is a copy of", async () => {
    const arm = await start();
    await givenCopyable(arm);
    await givenCopy(arm, "rp-1");
    await givenRestorePoint(arm, "web-01-rpc", "rp-2");
    arm.emulator.advance(HOUR);
    await givenCopy(arm, "rp-2");
    const source = await arm.client.restorePoints.get(GROUP, "web-01-rpc", "rp-1");
    const copy = await arm.client.restorePoints.get(GROUP, TARGET, "rp-1");
    const sourceDisk = source.sourceMetadata?.storageProfile?.osDisk?.diskRestorePoint?.id;
    expect(copy.sourceMetadata?.storageProfile?.osDisk?.diskRestorePoint).toMatchObject({
      sourceDiskRestorePoint: { id: sourceDisk },
      encryption: { type: "EncryptionAtRestWithPlatformKey" },
    });
    const list = async (collection: string, point: string) =>
      await all(arm.client.diskRestorePoint.listByRestorePoint(GROUP, collection, point));
    const [local] = await list("web-01-rpc", "rp-1");
    const [one] = await list(TARGET, "rp-1");
    const [two] = await list(TARGET, "rp-2");
    expect(one).toMatchObject({ sourceResourceId: local?.id, sourceResourceLocation: LOCATION });
    expect(one?.familyId).not.toBe(local?.familyId);
    expect(two?.familyId).toBe(one?.familyId);
  });

  test("tells its progress on each disk restore point", async () => {
    const arm = await start({ copyMs: HOUR, copyProgressStepMs: HOUR / 4 });
    await givenCopyable(arm);
    await givenCopy(arm, "rp-1");
    arm.emulator.advance(HOUR / 4);
    const [disk] = await all(arm.client.diskRestorePoint.listByRestorePoint(GROUP, TARGET, "rp-1"));
    expect(disk).toMatchObject({ completionPercent: 25, replicationState: "inProgress" });
  });

  test.each([
    ["source", true],
    ["target", false],
  ] as const)("has the time of the %s, by setting", async (copyTimeCreated, isSame) => {
    const arm = await start({ copyTimeCreated });
    await givenCopyable(arm);
    arm.emulator.advance(HOUR);
    const copy = await givenCopy(arm, "rp-1");
    const source = await arm.client.restorePoints.get(GROUP, "web-01-rpc", "rp-1");
    expect(copy.timeCreated?.getTime() === source.timeCreated?.getTime()).toBe(isSame);
  });

  test("goes to several regions side by side", async () => {
    const arm = await start({ copyMs: HOUR });
    await givenCopyable(arm);
    await givenTarget(arm, "web-01-far", "eastus2");
    await givenCopy(arm, "rp-1");
    expect((await givenCopy(arm, "rp-1", "web-01-far")).provisioningState).toBe("Succeeded");
  });

  test("that fails half-way is Failed as a whole, and how far it was is lost", async () => {
    const arm = await start({ copyMs: HOUR });
    await givenCopyable(arm);
    const outcome = "fail-half-way";
    arm.emulator.faults.addToOperations({ kind: "copyRestorePoint", outcome });
    await givenCopy(arm, "rp-1");
    arm.emulator.advance(HOUR);
    const failed = await withInstanceView(arm, "rp-1");
    expect(failed.provisioningState).toBe("Failed");
    expect(replicationOf(failed)).toMatchObject({
      completionPercent: 0,
      status: { code: "ReplicationState/failed", level: "Error" },
    });
  });

  test("is given up after two weeks", async () => {
    const arm = await start({ copyMs: 15 * 24 * HOUR });
    await givenCopyable(arm);
    await givenCopy(arm, "rp-1");
    arm.emulator.advance(14 * 24 * HOUR - HOUR);
    expect((await withInstanceView(arm, "rp-1")).provisioningState).toBe("Succeeded");
    arm.emulator.advance(2 * HOUR);
    expect((await withInstanceView(arm, "rp-1")).provisioningState).toBe("Failed");
  });

  test("that fails before it has begun ends the operation with the error", async () => {
    const arm = await start();
    await givenCopyable(arm);
    const error = { code: "AllocationFailed", message: "No room." };
    arm.emulator.faults.addToOperations({ kind: "copyRestorePoint", outcome: error });
    expect(await finished(arm, await putCopy(arm, "rp-1"))).toMatchObject({
      status: "Failed",
      error,
    });
  });
});

describe("the bytes of a copy", () => {
  test("are those of its source, and outlive it", async () => {
    const arm = await start();
    await givenCopyable(arm, "kept");
    const copy = await givenCopy(arm, "rp-1");
    arm.emulator.advance(HOUR);
    await arm.client.restorePoints.delete(GROUP, "web-01-rpc", "rp-1", POLL);
    await arm.emulator.disk(diskId("web-01_DataDisk_0")).write(0, Buffer.alloc(512, "later"));
    const [disk] = copy.sourceMetadata?.storageProfile?.dataDisks ?? [];
    const bytes = await arm.emulator.disk(disk?.diskRestorePoint?.id ?? "").read(0, 512);
    expect(bytes).toEqual(Buffer.alloc(512, "kept"));
  });

  test("keep their source from being deleted while they are on their way", async () => {
    const arm = await start({ copyMs: HOUR });
    await givenCopyable(arm);
    await givenCopy(arm, "rp-1");
    for (const path of [restorePointId("web-01-rpc", "rp-1"), "collection"]) {
      const id =
        path === "collection"
          ? restorePointId("web-01-rpc", "x").split("/restorePoints/")[0]
          : path;
      expect(await arm.ask("DELETE", id ?? "")).toMatchObject({
        status: 409,
        body: { error: { message: expect.stringContaining("copied to") } },
      });
    }
  });
});
