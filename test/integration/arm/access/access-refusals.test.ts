import { describe, expect, test } from "vitest";
import { DATA_DISK, givenPoint, givenSas, sasOf } from "../disk-endpoint/sas.ts";
import { givenProtectedVm, givenRestorePoint, POLL } from "../given.ts";
import { diskId, GROUP, LOCATION } from "../names.ts";
import { type Arm, azuriteOfThisFile } from "../scene.ts";
import { finished } from "../wait.ts";
import { begin, beginOnDisk } from "./requests.ts";

const start = azuriteOfThisFile();

describe("beginGetAccess on a disk restore point is refused", () => {
  test.each([
    ["no duration", { durationInSeconds: undefined }, "durationInSeconds"],
    ["no time at all", { durationInSeconds: 0 }, "durationInSeconds"],
    ["a negative time", { durationInSeconds: -1 }, "durationInSeconds"],
    ["more than 60 days", { durationInSeconds: 5_184_001 }, "durationInSeconds"],
    ["half a second", { durationInSeconds: 0.5 }, "durationInSeconds"],
    ["a word", { durationInSeconds: "long" }, "durationInSeconds"],
    ["no access", { access: undefined }, "access"],
    ["access to write", { access: "Write" }, "access"],
    ["access of no kind", { access: "None" }, "access"],
    ["a format that it does not have", { fileFormat: "VHDX" }, "fileFormat"],
    ["a format that there is not", { fileFormat: "ISO" }, "fileFormat"],
    ["what Azure does not know", { reason: "none" }, "reason"],
  ])("with %s", async (_, body, property) => {
    const { arm, disk } = await givenSas(start);
    const before = [...arm.emulator.emulator.state.accesses.all()];
    expect(await begin(arm, "rp-1", disk, body)).toMatchObject({
      status: 400,
      body: { error: { message: expect.stringContaining(property) } },
    });
    expect(arm.emulator.emulator.state.accesses.all()).toEqual(before);
  });

  test("for longer than 60 days, and granted for 60 days", async () => {
    const { arm, disk } = await givenSas(start);
    expect((await begin(arm, "rp-1", disk, { durationInSeconds: 5_184_000 })).status).toBe(202);
  });

  test.each([
    ["DenyAll", { networkAccessPolicy: "DenyAll" }],
    ["AllowPrivate", { networkAccessPolicy: "AllowPrivate" }],
    ["no public access", { publicNetworkAccess: "Disabled" }],
  ] as const)("when its disk had %s", async (_, properties) => {
    const arm = await start();
    await givenProtectedVm(arm);
    await arm.client.disks.update(GROUP, DATA_DISK, properties, POLL);
    const disk = await givenPoint(arm, "rp-1");
    expect(await begin(arm, "rp-1", disk)).toMatchObject({
      status: 409,
      body: { error: { code: "OperationNotAllowed" } },
    });
  });
});

describe("of one disk, five restore points can be read at once", () => {
  const points = ["rp-1", "rp-2", "rp-3", "rp-4", "rp-5", "rp-6"];

  async function givenSix(arm: Arm): Promise<string[]> {
    await givenProtectedVm(arm);
    const disks: string[] = [];
    for (const point of points) disks.push(await givenPoint(arm, point));
    return disks;
  }

  test("the sixth is refused until one has ended; another disk's is not", async () => {
    const arm = await start({ throttlingFactor: 0 });
    const disks = await givenSix(arm);
    for (const index of [0, 1, 2, 3, 4]) await sasOf(arm, points[index] ?? "", disks[index] ?? "");
    const sixth = () => begin(arm, "rp-6", disks[5] ?? "");
    expect(await sixth()).toMatchObject({
      status: 409,
      body: { error: { message: expect.stringContaining("At most 5 snapshots") } },
    });
    const point = await arm.client.restorePoints.get(GROUP, "web-01-rpc", "rp-6");
    const other = point.sourceMetadata?.storageProfile?.osDisk?.diskRestorePoint?.id ?? "";
    expect((await begin(arm, "rp-6", other.split("/").at(-1) ?? "")).status).toBe(202);
    arm.emulator.advance(3_700_000);
    expect((await sixth()).status).toBe(202);
  });

  test("when six begin at once, five are granted", async () => {
    const arm = await start({ throttlingFactor: 0 });
    const disks = await givenSix(arm);
    const accepted = await Promise.all(
      disks.map((disk, index) => begin(arm, points[index] ?? "", disk)),
    );
    const ended = await Promise.all(
      accepted.map(async (answer) =>
        answer.status === 202 ? await finished(arm, answer) : answer,
      ),
    );
    const granted = ended.filter((each) => Reflect.get(each, "status") === "Succeeded");
    expect(granted).toHaveLength(5);
    expect(arm.emulator.emulator.state.accesses.size).toBe(5);
  });
});

describe("beginGetAccess on a disk", () => {
  test("reads one that no running VM uses, and writes only to one that is uploaded", async () => {
    const arm = await start();
    await givenProtectedVm(arm);
    expect((await beginOnDisk(arm, DATA_DISK, {})).status).toBe(409);
    const creationData = { createOption: "Empty" } as const;
    const model = { location: LOCATION, creationData, diskSizeGB: 8 };
    await arm.client.disks.createOrUpdate(GROUP, "loose", model, POLL);
    expect((await beginOnDisk(arm, "loose", { access: "Write" })).status).toBe(409);
    await finished(arm, await beginOnDisk(arm, "loose", {}));
    expect((await arm.client.disks.get(GROUP, "loose")).diskState).toBe("ActiveSAS");
    expect((await arm.ask("DELETE", diskId("loose"))).status).toBe(409);
    await arm.client.disks.revokeAccess(GROUP, "loose", POLL);
    expect((await arm.client.disks.get(GROUP, "loose")).diskState).toBe("Unattached");
  });

  test("keeps a VM that has the disk from starting", async () => {
    const arm = await start();
    await givenProtectedVm(arm);
    await givenRestorePoint(arm, "web-01-rpc", "rp-1");
    await arm.client.virtualMachines.deallocate(GROUP, "web-01", POLL);
    await finished(arm, await beginOnDisk(arm, DATA_DISK, {}));
    await expect(arm.client.virtualMachines.start(GROUP, "web-01", POLL)).rejects.toMatchObject({
      code: "OperationNotAllowed",
    });
    await arm.client.disks.revokeAccess(GROUP, DATA_DISK, POLL);
    await arm.client.virtualMachines.start(GROUP, "web-01", POLL);
  });
});
