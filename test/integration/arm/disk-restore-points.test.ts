import type { DiskRestorePoint } from "@azure/arm-compute";
import { describe, expect, test } from "vitest";
import { all, givenProtectedVm, givenRestorePoint } from "./given.ts";
import { diskId, GROUP, LOCATION, restorePointId } from "./names.ts";
import { type Arm, azuriteOfThisFile } from "./scene.ts";

const start = azuriteOfThisFile();

const DISK_RESTORE_POINTS = `${restorePointId("web-01-rpc", "rp-1")}/diskRestorePoints`;

/** Those of a restore point, by the name of the disk. */
async function listed({ client }: Arm, name: string): Promise<Map<string, DiskRestorePoint>> {
  const pages = client.diskRestorePoint.listByRestorePoint(GROUP, "web-01-rpc", name);
  return new Map((await all(pages)).map((each) => [each.name?.replace(/_[^_]+$/, "") ?? "", each]));
}

test("a restore point has one for each disk, each with the disk it is of", async () => {
  const arm = await start();
  await givenProtectedVm(arm);
  await givenRestorePoint(arm, "web-01-rpc", "rp-1");
  const points = await listed(arm, "rp-1");
  expect([...points.keys()]).toEqual(["web-01_OsDisk_1", "web-01_DataDisk_0"]);
  const os = points.get("web-01_OsDisk_1");
  expect(os?.id).toBe(`${DISK_RESTORE_POINTS}/${os?.name}`);
  const common = {
    timeCreated: expect.any(Date),
    sourceResourceLocation: LOCATION,
    encryption: { type: "EncryptionAtRestWithPlatformKey" },
    networkAccessPolicy: "AllowAll",
    publicNetworkAccess: "Enabled",
  };
  expect(os).toMatchObject({
    ...common,
    sourceResourceId: diskId("web-01_OsDisk_1"),
    osType: "Linux",
    hyperVGeneration: "V2",
  });
  const data = points.get("web-01_DataDisk_0");
  expect(data).toMatchObject({ ...common, sourceResourceId: diskId("web-01_DataDisk_0") });
  expect(data?.osType).toBeUndefined();
});

test("one is read by its name, whatever the casing", async () => {
  const arm = await start();
  await givenProtectedVm(arm);
  await givenRestorePoint(arm, "web-01-rpc", "rp-1");
  const point = (await listed(arm, "rp-1")).get("web-01_OsDisk_1");
  const name = point?.name ?? "";
  expect(await arm.client.diskRestorePoint.get(GROUP, "web-01-rpc", "rp-1", name)).toEqual(point);
  expect((await arm.ask("GET", (point?.id ?? "").toUpperCase())).body).toMatchObject({ name });
});

test("the disk restore points of one disk are a family; those of another disk are not in it", async () => {
  const arm = await start();
  await givenProtectedVm(arm);
  await givenRestorePoint(arm, "web-01-rpc", "rp-1");
  await givenRestorePoint(arm, "web-01-rpc", "rp-2");
  const [one, two] = [await listed(arm, "rp-1"), await listed(arm, "rp-2")];
  const families = [...one].map(([disk, { familyId, sourceUniqueId }]) => {
    expect(two.get(disk)).toMatchObject({ familyId, sourceUniqueId });
    expect(two.get(disk)?.id).not.toBe(one.get(disk)?.id);
    return familyId;
  });
  expect(new Set(families).size).toBe(2);
});

describe("a disk restore point is 404", () => {
  const entityNotFound = { status: 404, body: { error: { code: "NotFound" } } };

  test("when its restore point, or it itself, does not exist", async () => {
    const arm = await start();
    expect(await arm.ask("GET", DISK_RESTORE_POINTS)).toMatchObject({
      status: 404,
      body: { error: { code: "ResourceNotFound" } },
    });
    await givenProtectedVm(arm);
    expect(await arm.ask("GET", DISK_RESTORE_POINTS)).toMatchObject(entityNotFound);
    await givenRestorePoint(arm, "web-01-rpc", "rp-1");
    expect(await arm.ask("GET", `${DISK_RESTORE_POINTS}/nope`)).toMatchObject(entityNotFound);
  });

  test("until its restore point has succeeded", async () => {
    const arm = await start({ applicationConsistentCreateMs: 60_000 });
    await givenProtectedVm(arm);
    await arm.ask("PUT", restorePointId("web-01-rpc", "rp-1"), { body: {} });
    expect((await arm.ask("GET", DISK_RESTORE_POINTS)).body).toEqual({ value: [] });
  });
});
