import { expect, test } from "vitest";
import { waitFor } from "../../e2e/wait-for.ts";
import type { Answer } from "./ask.ts";
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

/** Its bytes may go a little later. */
const remove = async ({ ask }: Arm, id: string) => {
  await ask("DELETE", id);
  await waitFor("the deletion", async () => (await ask("GET", id)).status === 404 || undefined);
};

/** Deletes a source while a disk that is made of it waits for its turn to copy. */
async function madeWhileDeleted(arm: Arm, creationData: object, deleteSource: () => Promise<void>) {
  const { bytes } = arm.emulator.emulator;
  const { promise, resolve: goOn } = Promise.withResolvers<void>();
  const held = bytes.still(async () => await promise);
  const making = put(arm, "made", creationData);
  await arm.ask("GET", diskId("made"));
  await deleteSource();
  goOn();
  await held;
  const answer = await making;
  await arm.emulator.emulator.operations.idle();
  return answer;
}

async function expectNothingMade(arm: Arm, answer: Answer, blobs: number) {
  expect(answer).toMatchObject({ status: 404, body: { error: { code: "NotFound" } } });
  expect((await arm.ask("GET", diskId("made"))).status).toBe(404);
  expect(await countBlobs(arm)).toBe(blobs);
}

test("a disk is not made of a restore point that is deleted before its bytes are copied", async () => {
  const arm = await start();
  await givenProtectedVm(arm);
  await arm.emulator.disk(diskId("web-01_DataDisk_0")).write(0, Buffer.alloc(512, "one"));
  const blobs = await countBlobs(arm);
  const disk = dataDiskOf(await givenRestorePoint(arm, "web-01-rpc", "rp-1"));
  const known = [...arm.emulator.emulator.changes.dump()].length;
  const sourceResourceId = `${POINT}/diskRestorePoints/${disk}`;
  const creationData = { createOption: "Restore", sourceResourceId };
  const made = await madeWhileDeleted(arm, creationData, async () => await remove(arm, POINT));
  await expectNothingMade(arm, made, blobs);
  expect([...arm.emulator.emulator.changes.dump()].length).toBeLessThanOrEqual(known + 1);
});

test("a disk is not made, with zeros, of a disk whose bytes are gone by then", async () => {
  const arm = await start();
  const blobs = await countBlobs(arm);
  await finished(arm, await put(arm, "source", { createOption: "Empty" }, 1));
  await arm.emulator.disk(diskId("source")).write(0, Buffer.alloc(512, "one"));
  const creationData = { createOption: "Copy", sourceResourceId: diskId("source") };
  const made = await madeWhileDeleted(arm, creationData, async () => {
    await remove(arm, diskId("source"));
  });
  await expectNothingMade(arm, made, blobs);
  expect([...arm.emulator.emulator.changes.dump()]).toEqual([]);
});

test("a disk that is deleted while it is written to leaves nothing", async () => {
  const arm = await start({ diskWriteMs: 0 });
  const before = await countBlobs(arm);
  await finished(arm, await put(arm, "written", { createOption: "Empty" }, 1));
  const handle = arm.emulator.disk(diskId("written"));
  await handle.write(0, Buffer.alloc(512, "one"));
  const deleting = remove(arm, diskId("written"));
  const isThere = () => arm.emulator.emulator.state.disks.get(diskId("written")) !== undefined;
  const late: Promise<unknown>[] = [];
  for (let page = 0; isThere(); page = (page + 1) % 64) {
    const write = handle.write(page * 512, Buffer.alloc(512, "late"));
    late.push(write.catch((error: unknown) => error));
    await new Promise((resolve) => setImmediate(resolve));
  }
  await deleting;
  await arm.emulator.emulator.operations.idle();
  for (const error of await Promise.all(late)) {
    if (error !== undefined)
      expect(error).toMatchObject({ message: expect.stringContaining("is deleted") });
  }
  await expect(handle.write(0, Buffer.alloc(512))).rejects.toThrow("is deleted");
  expect(await countBlobs(arm)).toBe(before);
  expect([...arm.emulator.emulator.changes.dump()]).toEqual([]);
});
