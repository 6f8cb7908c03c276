import { describe, expect, test } from "vitest";
import { headerOf } from "./ask.ts";
import { givenCollection, givenProtectedVm, givenRestorePoint, givenVm } from "./given.ts";
import { collectionId, diskId, GROUP, LOCATION, restorePointId, SUBSCRIPTION } from "./names.ts";
import { azuriteOfThisFile } from "./scene.ts";
import { finished } from "./wait.ts";

const start = azuriteOfThisFile();

const RP = restorePointId("web-01-rpc", "rp-1");
const CRASH = { properties: { consistencyMode: "CrashConsistent" } };
const drpOf = (disk: string) =>
  expect.stringMatching(new RegExp(`^${RP}/diskRestorePoints/${disk}_[0-9a-f-]{36}$`));

describe("creating a restore point through the SDK", () => {
  test("waits until it is there, with a disk restore point for each disk", async () => {
    const arm = await start();
    await givenProtectedVm(arm);
    const point = await givenRestorePoint(arm, "web-01-rpc", "rp-1");
    expect(point).toMatchObject({
      id: RP,
      name: "rp-1",
      provisioningState: "Succeeded",
      consistencyMode: "CrashConsistent",
      timeCreated: expect.any(Date),
    });
    const encryption = { type: "EncryptionAtRestWithPlatformKey" };
    expect(point.sourceMetadata).toMatchObject({
      location: LOCATION,
      hardwareProfile: { vmSize: "Standard_D2s_v5" },
      osProfile: { computerName: "web" },
      storageProfile: {
        osDisk: {
          osType: "Linux",
          diskSizeGB: 30,
          managedDisk: { id: diskId("web-01_OsDisk_1") },
          diskRestorePoint: { id: drpOf("web-01_OsDisk_1"), encryption },
        },
        dataDisks: [{ lun: 0, diskRestorePoint: { id: drpOf("web-01_DataDisk_0"), encryption } }],
      },
    });
  });

  test("shows the state of every disk in its instance view", async () => {
    const arm = await start();
    await givenProtectedVm(arm);
    await givenRestorePoint(arm, "web-01-rpc", "rp-1");
    const read = await arm.client.restorePoints.get(GROUP, "web-01-rpc", "rp-1", {
      expand: "instanceView",
    });
    const done = {
      status: { code: "ReplicationState/succeeded", level: "Info" },
      completionPercent: 100,
    };
    expect(read.instanceView?.diskRestorePoints).toMatchObject([
      { id: drpOf("web-01_OsDisk_1"), replicationStatus: done },
      { id: drpOf("web-01_DataDisk_0"), replicationStatus: done },
    ]);
    const plain = await arm.client.restorePoints.get(GROUP, "web-01-rpc", "rp-1");
    expect(plain.instanceView).toBeUndefined();
  });

  test("works when Azure sends no Location", async () => {
    const arm = await start({ sendLocationOnCreate: false });
    await givenProtectedVm(arm);
    expect(await givenRestorePoint(arm, "web-01-rpc", "rp-1")).toMatchObject({
      provisioningState: "Succeeded",
    });
  });
});

describe("the answer to the PUT of a restore point", () => {
  test("is 201 with the address of its status, and how many may follow in the hour", async () => {
    const arm = await start();
    await givenProtectedVm(arm);
    const created = await arm.ask("PUT", RP, { body: CRASH });
    const id = headerOf(created, "x-ms-request-id");
    const address = `${arm.emulator.url}/subscriptions/${SUBSCRIPTION}/providers/Microsoft.Compute/locations/${LOCATION}/operations/${id}`;
    expect(created.status).toBe(201);
    expect(headerOf(created, "Azure-AsyncOperation")).toBe(`${address}?api-version=2026-04-01`);
    expect(headerOf(created, "Azure-AsyncNotification")).toBe("Enabled");
    expect(headerOf(created, "Location")).toContain("?monitor=true&");
    expect(headerOf(created, "x-ms-ratelimit-remaining-resource")).toBe(
      [
        "Microsoft.Compute/PutRestorePointResource;5",
        "Microsoft.Compute/PutRestorePointSubscriptionMaximum;149",
        "Microsoft.Compute/CreateCrashConsistentRestorePoint;2",
      ].join(),
    );
  });

  test("has no Location when that is switched off", async () => {
    const arm = await start();
    arm.emulator.settings.sendLocationOnCreate = false;
    await givenProtectedVm(arm);
    const created = await arm.ask("PUT", RP, { body: CRASH });
    expect(created.headers.has("Location")).toBe(false);
    expect(await finished(arm, created)).toMatchObject({ status: "Succeeded" });
  });

  test("says Creating, without what is known only at the end", async () => {
    const arm = await start({ crashConsistentCreateMs: 60_000 });
    await givenProtectedVm(arm);
    const { body } = await arm.ask("PUT", RP, { body: CRASH });
    expect(body).toMatchObject({
      name: "rp-1",
      id: RP,
      properties: { provisioningState: "Creating" },
    });
    expect(body).not.toHaveProperty("type");
    expect(body).not.toHaveProperty("properties.consistencyMode");
    expect(body).not.toHaveProperty("properties.excludeDisks");
    expect(body).toHaveProperty("properties.sourceMetadata.vmId");
    expect(JSON.stringify(body)).not.toContain("diskRestorePoint");
    expect((await arm.ask("GET", RP)).body).toEqual(body);
  });

  test("lacks the excluded disks from the beginning, and so does the end", async () => {
    const arm = await start();
    await givenProtectedVm(arm);
    const excludeDisks = [{ id: diskId("WEB-01_datadisk_0") }];
    const created = await arm.ask("PUT", RP, { body: { properties: { excludeDisks } } });
    const properties = { excludeDisks, sourceMetadata: { storageProfile: { dataDisks: [] } } };
    expect(created.body).toMatchObject({ properties });
    await finished(arm, created);
    expect((await arm.ask("GET", RP)).body).toMatchObject({
      properties: {
        ...properties,
        sourceMetadata: {
          storageProfile: {
            osDisk: { diskRestorePoint: { id: drpOf("web-01_OsDisk_1") } },
            dataDisks: [],
          },
        },
      },
    });
  });

  test("keeps the VM as it was, whatever becomes of it", async () => {
    const arm = await start();
    await givenProtectedVm(arm);
    await givenRestorePoint(arm, "web-01-rpc", "rp-1");
    await givenVm(arm, "web-01", { hardwareProfile: { vmSize: "Standard_E4s_v5" } });
    expect((await arm.ask("GET", RP)).body).toMatchObject({
      properties: { sourceMetadata: { hardwareProfile: { vmSize: "Standard_D2s_v5" } } },
    });
  });
});

describe("creating a restore point is refused", () => {
  test("when one of that name exists, as it cannot be changed", async () => {
    const arm = await start();
    await givenProtectedVm(arm);
    await givenRestorePoint(arm, "web-01-rpc", "rp-1");
    expect(await arm.ask("PUT", RP, { body: CRASH })).toMatchObject({
      status: 409,
      body: { error: { code: "Conflict" } },
    });
  });

  test("in a collection that does not exist", async () => {
    const { ask } = await start();
    expect(await ask("PUT", RP, { body: CRASH })).toMatchObject({
      status: 404,
      body: { error: { code: "ResourceNotFound" } },
    });
  });

  test("with a consistency mode other than CrashConsistent", async () => {
    const arm = await start();
    await givenProtectedVm(arm);
    for (const consistencyMode of ["ApplicationConsistent", "Crash"]) {
      const body = { properties: { consistencyMode } };
      expect((await arm.ask("PUT", RP, { body })).status).toBe(400);
    }
  });

  test("when it excludes a disk of another VM", async () => {
    const arm = await start();
    await givenProtectedVm(arm);
    await givenVm(arm, "web-02");
    await givenCollection(arm, "web-02-rpc", "web-02");
    const body = { properties: { excludeDisks: [{ id: diskId("web-02_DataDisk_0") }] } };
    expect(await arm.ask("PUT", RP, { body })).toMatchObject({
      status: 400,
      body: { error: { code: "InvalidParameter" } },
    });
    expect((await arm.ask("GET", RP)).status).toBe(404);
    expect((await arm.ask("GET", collectionId("web-01-rpc"))).status).toBe(200);
  });
});
