import { expect, test } from "vitest";
import { givenCopy, givenCopyable, TARGET, withInstanceView } from "./copies-scene.ts";
import { all } from "./given.ts";
import { collectionId, diskId, GROUP, restorePointId } from "./names.ts";
import { type Arm, azuriteOfThisFile } from "./scene.ts";
import { finished } from "./wait.ts";

const start = azuriteOfThisFile();
const HOUR = 3_600_000;
const GIB = 1024 ** 3;
const DATA = diskId("web-01_DataDisk_0");

/** The data disk in the copy of rp-1. */
async function copiedDisk({ client }: Arm): Promise<string> {
  const disks = await all(client.diskRestorePoint.listByRestorePoint(GROUP, TARGET, "rp-1"));
  const found = disks.find(({ name }) => name?.startsWith("web-01_DataDisk_0"));
  if (found?.id === undefined) throw new Error("The copy has no data disk.");
  return found.id;
}

async function restore(arm: Arm, name: string) {
  const sourceResourceId = await copiedDisk(arm);
  const properties = { creationData: { createOption: "Restore", sourceResourceId } };
  return await arm.ask("PUT", diskId(name), { body: { location: "northeurope", properties } });
}

/** A copy that has come half-way. */
async function givenHalf(arm: Arm): Promise<void> {
  await givenCopyable(arm, "first");
  await givenCopy(arm, "rp-1");
  arm.emulator.advance(HOUR / 2);
}

test("a disk made of half a copy has the bytes that have arrived", async () => {
  const arm = await start({ copyMs: HOUR });
  await givenHalf(arm);
  const accepted = await restore(arm, "half");
  expect(accepted.status).toBe(202);
  await finished(arm, accepted);
  const half = arm.emulator.disk(diskId("half"));
  expect(half.sizeInBytes).toBe(8 * GIB);
  expect(await half.read(0, 512)).toEqual(Buffer.alloc(512, "first"));
});

test("what is behind the half has not arrived; after the copy has ended it has", async () => {
  const arm = await start({ copyMs: HOUR });
  await givenCopyable(arm, "first");
  const end = Buffer.alloc(512, "end");
  await arm.emulator.disk(DATA).write(8 * GIB - 512, end);
  await arm.client.restorePoints.delete(GROUP, "web-01-rpc", "rp-1", { updateIntervalInMs: 10 });
  await finished(
    arm,
    await arm.ask("PUT", restorePointId("web-01-rpc", "rp-1"), { body: { properties: {} } }),
  );
  await givenCopy(arm, "rp-1");
  arm.emulator.advance(HOUR / 2);
  await finished(arm, await restore(arm, "half"));
  const behind = await arm.emulator.disk(diskId("half")).read(8 * GIB - 512, 512);
  expect(behind).toEqual(Buffer.alloc(512));
  arm.emulator.advance(HOUR);
  await finished(arm, await restore(arm, "whole"));
  expect(await arm.emulator.disk(diskId("whole")).read(8 * GIB - 512, 512)).toEqual(end);
});

test("by setting, a disk of a copy that is not complete is refused", async () => {
  const arm = await start({ copyMs: HOUR, restoreFromIncompleteCopy: "refused" });
  await givenHalf(arm);
  expect(await restore(arm, "half")).toMatchObject({
    status: 409,
    body: { error: { message: expect.stringContaining("not complete") } },
  });
  arm.emulator.advance(HOUR);
  expect((await restore(arm, "whole")).status).toBe(202);
});

test("a copy that is under way cannot be read through a SAS; one that is complete can", async () => {
  const arm = await start({ copyMs: HOUR });
  await givenHalf(arm);
  const path = `${await copiedDisk(arm)}/beginGetAccess`;
  const body = { access: "Read", durationInSeconds: 60 };
  expect(await arm.ask("POST", path, { body })).toMatchObject({
    status: 409,
    body: { error: { message: expect.stringContaining("Pending") } },
  });
  arm.emulator.advance(HOUR);
  expect((await arm.ask("POST", path, { body })).status).toBe(202);
});

test("a copy that failed makes no disks, can be deleted, and its source be copied again", async () => {
  const arm = await start({ copyMs: HOUR });
  await givenCopyable(arm);
  arm.emulator.faults.addToOperations({ kind: "copyRestorePoint", outcome: "fail-half-way" });
  await givenCopy(arm, "rp-1");
  const disk = await copiedDisk(arm);
  arm.emulator.advance(HOUR);
  const properties = { creationData: { createOption: "Restore", sourceResourceId: disk } };
  const body = { location: "northeurope", properties };
  expect((await arm.ask("PUT", diskId("none"), { body })).status).toBeGreaterThanOrEqual(400);
  const deleted = await arm.ask("DELETE", restorePointId(TARGET, "rp-1"));
  expect(await finished(arm, deleted)).toMatchObject({ status: "Succeeded" });
  arm.emulator.advance(HOUR);
  await givenCopy(arm, "rp-1");
  arm.emulator.advance(HOUR);
  const { instanceView } = await withInstanceView(arm, "rp-1");
  expect(instanceView?.diskRestorePoints?.[0]?.replicationStatus).toMatchObject({
    completionPercent: 100,
  });
});

test("a copy outlives its source's collection and its VM", async () => {
  const arm = await start();
  await givenCopyable(arm, "kept");
  await givenCopy(arm, "rp-1");
  arm.emulator.advance(HOUR);
  await finished(arm, await arm.ask("DELETE", collectionId("web-01-rpc")));
  await arm.client.virtualMachines.delete(GROUP, "web-01", { updateIntervalInMs: 10 });
  await finished(arm, await arm.ask("DELETE", DATA));
  expect(await arm.emulator.disk(await copiedDisk(arm)).read(0, 512)).toEqual(
    Buffer.alloc(512, "kept"),
  );
  expect((await arm.ask("GET", collectionId(TARGET))).status).toBe(200);
  expect((await restore(arm, "restored")).status).toBe(202);
});
