import { describe, expect, test } from "vitest";
import { sweep } from "../../../local/arm/bytes/sweep.ts";
import { resume } from "../../../local/arm/resume.ts";
import { countBlobs } from "./count-blobs.ts";
import { givenProtectedVm, givenRestorePoint } from "./given.ts";
import { collectionId, diskId, GROUP, groupPath, restorePointId, vmId } from "./names.ts";
import { type Arm, azuriteOfThisFile } from "./scene.ts";
import { finished } from "./wait.ts";

const start = azuriteOfThisFile();
const DATA = diskId("web-01_DataDisk_0");
const RP = restorePointId("web-01-rpc", "rp-1");

async function given(): Promise<Arm> {
  const arm = await start();
  await givenProtectedVm(arm);
  await arm.emulator.disk(DATA).write(0, Buffer.alloc(512, "x"));
  await givenRestorePoint(arm, "web-01-rpc", "rp-1");
  return arm;
}

/** Each as the first half of its request leaves it: the operation was not kept yet. */
function cutOffDeletions({ emulator: { emulator } }: Arm): void {
  const provisioningState = "Deleting";
  const { virtualMachines, disks, collections, restorePoints, resourceGroups } = emulator.state;
  for (const each of virtualMachines.all()) virtualMachines.set({ ...each, provisioningState });
  for (const each of disks.all()) disks.set({ ...each, provisioningState });
  for (const each of collections.all()) collections.set({ ...each, provisioningState });
  for (const each of restorePoints.all()) restorePoints.set({ ...each, provisioningState });
  for (const each of resourceGroups.all()) resourceGroups.set({ ...each, provisioningState });
}

describe("after a kill", () => {
  test("what was to be deleted by a request that was never answered is there as before", async () => {
    const arm = await given();
    cutOffDeletions(arm);
    await resume(arm.emulator.emulator);
    const paths = [vmId("web-01"), DATA, collectionId("web-01-rpc"), RP, groupPath(GROUP)];
    for (const path of paths) {
      const { body } = await arm.ask("GET", path);
      expect(body, path).toMatchObject({ properties: { provisioningState: "Succeeded" } });
    }
    expect(await finished(arm, await arm.ask("DELETE", RP))).toMatchObject({
      status: "Succeeded",
    });
  });

  test("what was accepted goes on", async () => {
    const arm = await given();
    const deleting = await arm.ask("DELETE", RP);
    await resume(arm.emulator.emulator);
    expect(await finished(arm, deleting)).toMatchObject({ status: "Succeeded" });
    expect((await arm.ask("GET", RP)).status).toBe(404);
  });

  test("an access to what is gone is gone", async () => {
    const arm = await given();
    const { emulator } = arm.emulator;
    const asked = { access: "Read", durationInSeconds: 60 };
    await finished(arm, await arm.ask("POST", `${vmId("web-01")}/deallocate`));
    await finished(arm, await arm.ask("POST", `${DATA}/beginGetAccess`, { body: asked }));
    expect(emulator.state.accesses.size).toBe(1);
    emulator.state.disks.delete(DATA);
    await resume(emulator);
    expect(emulator.state.accesses.size).toBe(0);
  });

  test("bytes that were kept for a restore point that was never answered go", async () => {
    const arm = await given();
    const { emulator } = arm.emulator;
    const blobs = await countBlobs(arm);
    await emulator.bytes.capture(emulator.state.disks.all());
    expect(await countBlobs(arm)).toBe(blobs + 1);
    await sweep(emulator);
    expect(await countBlobs(arm)).toBe(blobs);
    const [disk] = [...emulator.changes.closed()];
    expect(disk?.epochs).toHaveLength(1);
    expect(await arm.emulator.disk(DATA).read(0, 1)).toEqual(Buffer.from("x"));
  });
});
