import { describe, expect, test } from "vitest";
import type { Answer } from "./ask.ts";
import { countBlobs } from "./count-blobs.ts";
import { all, givenProtectedVm, givenVm, vmModel } from "./given.ts";
import {
  collectionId,
  diskId,
  GROUP,
  groupPath,
  LOCATION,
  networkInterfaceId,
  restorePointId,
  vmId,
} from "./names.ts";
import { type Arm, azuriteOfThisFile } from "./scene.ts";
import { finished } from "./wait.ts";

const start = azuriteOfThisFile();
const HOUR = 3_600_000;

const statuses = (answers: readonly Answer[]): number[] =>
  answers.map(({ status }) => status).toSorted((one, other) => one - other);

const atOnce = async (count: number, ask: (index: number) => Promise<Answer>) =>
  await Promise.all(Array.from({ length: count }, (_, index) => ask(index)));

const DISK = {
  location: LOCATION,
  properties: { creationData: { createOption: "Empty" }, diskSizeGB: 1 },
};

describe("requests at once", () => {
  test("make one restore point of a VM, not several", async () => {
    const arm = await start({ applicationConsistentCreateMs: HOUR });
    await givenProtectedVm(arm);
    const answers = await atOnce(5, (index) =>
      arm.ask("PUT", restorePointId("web-01-rpc", `rp-${index}`), { body: {} }),
    );
    expect(statuses(answers)).toEqual([201, 409, 409, 409, 409]);
  });

  test("make one collection, and change it then", async () => {
    const arm = await start();
    await givenVm(arm, "web-01");
    const body = { location: LOCATION, properties: { source: { id: vmId("web-01") } } };
    const answers = await atOnce(5, () => arm.ask("PUT", collectionId("web-01-rpc"), { body }));
    expect(statuses(answers)).toEqual([200, 200, 200, 200, 201]);
  });

  test("give one disk to one VM", async () => {
    const arm = await start();
    await finished(arm, await arm.ask("PUT", diskId("data"), { body: DISK }));
    const dataDisks = [{ lun: 0, createOption: "Attach", managedDisk: { id: diskId("data") } }];
    const storageProfile = { osDisk: { createOption: "FromImage" }, dataDisks };
    const answers = await atOnce(5, (index) =>
      arm.ask("PUT", vmId(`web-${index}`), {
        body: { location: LOCATION, properties: { storageProfile } },
      }),
    );
    expect(statuses(answers)).toEqual([201, 409, 409, 409, 409]);
    expect(await all(arm.client.disks.list())).toHaveLength(2);
  });

  test("make one disk from a source, and leave no bytes of the others", async () => {
    const arm = await start();
    const blobs = await countBlobs(arm);
    await finished(arm, await arm.ask("PUT", diskId("source"), { body: DISK }));
    await arm.emulator.disk(diskId("source")).write(0, Buffer.alloc(512, "x"));
    const creationData = { createOption: "Copy", sourceResourceId: diskId("source") };
    const body = { location: LOCATION, properties: { creationData } };
    const answers = await atOnce(4, () => arm.ask("PUT", diskId("copy"), { body }));
    expect(statuses(answers)[0]).toBe(202);
    await arm.emulator.emulator.operations.idle();
    expect(await countBlobs(arm)).toBe(blobs + 2);
  });

  test("delete a VM once, however often it is asked", async () => {
    const arm = await start();
    await givenVm(arm, "web-01");
    arm.emulator.settings.virtualMachineWriteMs = HOUR;
    const answers = await atOnce(4, () => arm.ask("DELETE", vmId("web-01")));
    expect(statuses(answers)).toEqual([202, 202, 202, 202]);
    arm.emulator.advance(HOUR);
    for (const answer of answers) {
      expect(await finished(arm, answer)).toMatchObject({ status: "Succeeded" });
    }
    const deleted = arm.changes.filter(({ category }) => category === "Delete");
    expect(deleted).toHaveLength(1);
  });
});

describe("a resource group that is deleted while", () => {
  const deleteGroup = async (arm: Arm): Promise<void> => {
    const ended = await finished(arm, await arm.ask("DELETE", groupPath(GROUP)));
    expect(ended).toMatchObject({ status: "Succeeded" });
  };

  /** Nothing is left of what was in it. */
  const demandEmpty = async ({ emulator }: Arm): Promise<void> => {
    const { state } = emulator.emulator;
    const inside = `${groupPath(GROUP)}/`;
    for (const kind of [
      state.virtualMachines,
      state.disks,
      state.networkInterfaces,
      state.collections,
      state.restorePoints,
      state.accesses,
    ]) {
      expect([...kind.under(inside)]).toEqual([]);
    }
  };

  test("a restore point is created takes it along", async () => {
    const arm = await start();
    const blobs = await countBlobs(arm);
    await givenProtectedVm(arm);
    await arm.emulator.disk(diskId("web-01_DataDisk_0")).write(0, Buffer.alloc(512, "x"));
    const body = { properties: { consistencyMode: "CrashConsistent" } };
    arm.emulator.settings.crashConsistentCreateMs = HOUR;
    const accepted = await arm.ask("PUT", restorePointId("web-01-rpc", "rp-1"), { body });
    await deleteGroup(arm);
    arm.emulator.advance(HOUR);
    expect(await finished(arm, accepted)).toMatchObject({ status: "Failed" });
    await demandEmpty(arm);
    expect(await countBlobs(arm)).toBe(blobs);
  });

  test("its VMs and disks are written leaves none", async () => {
    const arm = await start({ virtualMachineWriteMs: HOUR, diskWriteMs: HOUR });
    const { storageProfile } = vmModel();
    const vm = { location: LOCATION, properties: { storageProfile } };
    const nic = { properties: { ipConfigurations: [{ name: "one", properties: {} }] } };
    await arm.ask("PUT", networkInterfaceId("nic-01"), { body: { location: LOCATION, ...nic } });
    await arm.ask("PUT", vmId("web-01"), { body: vm });
    await arm.ask("PUT", diskId("data"), { body: DISK });
    await deleteGroup(arm);
    arm.emulator.advance(HOUR);
    await arm.emulator.emulator.operations.idle();
    await demandEmpty(arm);
  });
});
