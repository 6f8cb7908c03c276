import { expect, test } from "vitest";
import { countBlobs } from "./count-blobs.ts";
import { dataDiskOf } from "./disk-endpoint/sas.ts";
import { givenProtectedVm, givenRestorePoint } from "./given.ts";
import { diskId, LOCATION, restorePointId } from "./names.ts";
import { type Arm, azuriteOfThisFile } from "./scene.ts";
import { finished } from "./wait.ts";

const start = azuriteOfThisFile();

const POINT = restorePointId("web-01-rpc", "rp-1");

const put = async ({ ask }: Arm, name: string, creationData: object, diskSizeGB?: number) =>
  await ask("PUT", diskId(name), {
    body: { location: LOCATION, properties: { creationData, diskSizeGB } },
  });

const remove = async (arm: Arm, id: string) => {
  await finished(arm, await arm.ask("DELETE", id));
};

/** Deletes a source while a disk that is made of it waits for its turn to copy. */
async function madeWhileDeleted(arm: Arm, creationData: object, deleteSource: () => Promise<void>) {
  const { bytes } = arm.emulator.emulator;
  const { promise, resolve: goOn } = Promise.withResolvers<void>();
  const held = bytes.still(async () => await promise);
  const making = put(arm, "made", creationData);
  await arm.ask("GET", diskId("made"));
  await deleteSource();
  const before = await countBlobs(arm);
  goOn();
  await held;
  return { answer: await making, before };
}

async function expectNothingMade(
  arm: Arm,
  { answer, before }: Awaited<ReturnType<typeof madeWhileDeleted>>,
) {
  expect(answer).toMatchObject({ status: 404, body: { error: { code: "NotFound" } } });
  expect((await arm.ask("GET", diskId("made"))).status).toBe(404);
  expect(await countBlobs(arm)).toBe(before);
}

test("a disk is not made of a restore point that is deleted before its bytes are copied", async () => {
  const arm = await start();
  await givenProtectedVm(arm);
  await arm.emulator.disk(diskId("web-01_DataDisk_0")).write(0, Buffer.alloc(512, "one"));
  const disk = dataDiskOf(await givenRestorePoint(arm, "web-01-rpc", "rp-1"));
  const known = [...arm.emulator.emulator.changes.dump()].length;
  const sourceResourceId = `${POINT}/diskRestorePoints/${disk}`;
  const creationData = { createOption: "Restore", sourceResourceId };
  const made = await madeWhileDeleted(arm, creationData, async () => await remove(arm, POINT));
  await expectNothingMade(arm, made);
  expect([...arm.emulator.emulator.changes.dump()].length).toBeLessThanOrEqual(known + 1);
});

test("a disk is not made, with zeros, of a disk whose bytes are gone by then", async () => {
  const arm = await start();
  await finished(arm, await put(arm, "source", { createOption: "Empty" }, 1));
  await arm.emulator.disk(diskId("source")).write(0, Buffer.alloc(512, "one"));
  const creationData = { createOption: "Copy", sourceResourceId: diskId("source") };
  const made = await madeWhileDeleted(arm, creationData, async () => {
    await remove(arm, diskId("source"));
  });
  await expectNothingMade(arm, made);
  expect([...arm.emulator.emulator.changes.dump()]).toEqual([]);
});
