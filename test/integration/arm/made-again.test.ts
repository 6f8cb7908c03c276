import { describe, expect, test } from "vitest";
import { givenCopy, givenCopyable, TARGET } from "./copies-scene.ts";
import { givenProtectedVm, givenVm } from "./given.ts";
import { diskId, GROUP, groupPath, LOCATION, restorePointId, vmId } from "./names.ts";
import { type Arm, azuriteOfThisFile } from "./scene.ts";
import { finished } from "./wait.ts";

const start = azuriteOfThisFile();
const HOUR = 3_600_000;
const GROUP_PATH = groupPath(GROUP);
const OTHER = groupPath("other-rg");

/** Two requests, half an hour apart; answers when the first has ended, and how to let the second end. */
async function deleteTwice(arm: Arm, path: string): Promise<() => Promise<object>> {
  const first = await arm.ask("DELETE", path);
  arm.emulator.advance(HOUR / 2);
  const second = await arm.ask("DELETE", path);
  arm.emulator.advance(HOUR / 2);
  expect(await finished(arm, first)).toMatchObject({ status: "Succeeded" });
  return async () => {
    arm.emulator.advance(HOUR / 2);
    return await finished(arm, second);
  };
}

describe("what is made again after it was deleted twice stays", () => {
  test("a resource group, and what is in it", async () => {
    const arm = await start({ deleteMs: HOUR });
    const endSecond = await deleteTwice(arm, GROUP_PATH);
    await arm.ask("PUT", GROUP_PATH, { body: { location: LOCATION } });
    await givenVm(arm, "web-01");
    await endSecond();
    expect((await arm.ask("GET", vmId("web-01"))).status).toBe(200);
  });

  test("a disk, which no access opens that was asked for to the one before", async () => {
    const arm = await start({ accessMs: HOUR });
    const properties = { creationData: { createOption: "Empty" }, diskSizeGB: 1 };
    const body = { location: LOCATION, properties };
    await finished(arm, await arm.ask("PUT", diskId("data"), { body }));
    const opening = await arm.ask("POST", `${diskId("data")}/beginGetAccess`, {
      body: { access: "Read", durationInSeconds: 60 },
    });
    await finished(arm, await arm.ask("DELETE", diskId("data")));
    await finished(arm, await arm.ask("PUT", diskId("data"), { body }));
    arm.emulator.advance(HOUR);
    expect(await finished(arm, opening)).toMatchObject({
      status: "Failed",
      error: { code: "NotFound" },
    });
    expect((await arm.ask("GET", diskId("data"))).body).toMatchObject({
      properties: { diskState: "Unattached" },
    });
  });

  test("a copy, although it has the time of its source like the one before", async () => {
    const arm = await start({ deleteMs: HOUR, copyMs: 0 });
    await givenCopyable(arm);
    await givenCopy(arm, "rp-1");
    const endSecond = await deleteTwice(arm, restorePointId(TARGET, "rp-1"));
    await givenCopy(arm, "rp-1");
    await endSecond();
    expect((await arm.ask("GET", restorePointId(TARGET, "rp-1"))).body).toMatchObject({
      properties: { provisioningState: "Succeeded" },
    });
  });
});

test("a failed restore point stays failed when deleting it fails twice", async () => {
  const arm = await start();
  await givenProtectedVm(arm);
  const error = { code: "InternalError", message: "Please retry later." };
  arm.emulator.faults.failNextOperation({ kind: "createRestorePoint", ...error });
  const id = restorePointId("web-01-rpc", "rp-1");
  await finished(arm, await arm.ask("PUT", id, { body: {} }));
  arm.emulator.faults.addToOperations({ kind: "deleteRestorePoint", times: 2, outcome: error });
  const deletions = [await arm.ask("DELETE", id), await arm.ask("DELETE", id)];
  for (const each of deletions) await finished(arm, each);
  expect((await arm.ask("GET", id)).body).toMatchObject({
    properties: { provisioningState: "Failed" },
  });
});

test("a group is not deleted when a VM elsewhere has taken a disk of it meanwhile", async () => {
  const arm = await start({ deleteMs: HOUR });
  await arm.ask("PUT", OTHER, { body: { location: LOCATION } });
  const disk = diskId("data").replace(GROUP_PATH, OTHER);
  const properties = { creationData: { createOption: "Empty" }, diskSizeGB: 1 };
  await finished(arm, await arm.ask("PUT", disk, { body: { location: LOCATION, properties } }));
  const deleting = await arm.ask("DELETE", OTHER);
  const dataDisks = [{ lun: 0, createOption: "Attach", managedDisk: { id: disk } }];
  const storageProfile = { osDisk: { createOption: "FromImage" }, dataDisks };
  await givenVm(arm, "web-01", { storageProfile });
  arm.emulator.advance(HOUR);
  expect(await finished(arm, deleting)).toMatchObject({
    status: "Failed",
    error: { code: "OperationNotAllowed", message: expect.stringContaining(vmId("web-01")) },
  });
  expect((await arm.ask("GET", disk)).status).toBe(200);
});
