import type { VirtualMachine } from "@azure/arm-compute";
import { describe, expect, test } from "vitest";
import { givenVm, POLL, vmModel } from "./given.ts";
import { diskId, GROUP, LOCATION, vmId } from "./names.ts";
import { type Arm, azuriteOfThisFile } from "./scene.ts";
import { finished } from "./wait.ts";

const start = azuriteOfThisFile();

const givenDisk = async ({ client }: Arm, name: string, more: object = {}) =>
  await client.disks.createOrUpdate(
    GROUP,
    name,
    { location: LOCATION, creationData: { createOption: "Empty" }, diskSizeGB: 4, ...more },
    POLL,
  );

const diskOf = async ({ client }: Arm, name: string) => {
  const { managedBy, diskState } = await client.disks.get(GROUP, name);
  return { managedBy, diskState };
};

const attached = (name: string, lun: number) => ({
  lun,
  createOption: "Attach",
  managedDisk: { id: diskId(name) },
});

const patch = async ({ client }: Arm, model: Partial<VirtualMachine>) =>
  await client.virtualMachines.update(GROUP, "web-01", model, POLL);

/** Of web-01, as ARM has it. */
const model = async ({ client }: Arm): Promise<VirtualMachine> =>
  await client.virtualMachines.get(GROUP, "web-01");

describe("a PUT of a VM", () => {
  test("answers while it is created, and a second one while it is updated", async () => {
    const arm = await start({ virtualMachineWriteMs: 60_000 });
    const { storageProfile, hardwareProfile } = vmModel();
    const body = { location: LOCATION, properties: { storageProfile, hardwareProfile } };
    const created = await arm.ask("PUT", vmId("web-01"), { body });
    expect(created).toMatchObject({
      status: 201,
      body: { properties: { provisioningState: "Creating" } },
    });
    arm.emulator.advance(60_000);
    await finished(arm, created);
    const updated = await arm.ask("PUT", vmId("web-01"), { body });
    expect(updated).toMatchObject({
      status: 200,
      body: { properties: { provisioningState: "Updating" } },
    });
    arm.emulator.advance(60_000);
    await finished(arm, updated);
    expect((await model(arm)).provisioningState).toBe("Succeeded");
  });

  test.each([
    ["osProfile.computerName", { osProfile: { computerName: "other" } }],
    ["osProfile.adminUsername", { osProfile: { adminUsername: "other" } }],
    ["priority", { priority: "Spot" }],
    ["availabilitySet", { availabilitySet: { id: "/subscriptions/x/availabilitySets/a" } }],
    ["osDisk.osType", { storageProfile: { osDisk: { osType: "Windows" } } }],
  ])("cannot change %s", async (target, properties) => {
    const arm = await start();
    await givenVm(arm, "web-01");
    expect(await arm.ask("PATCH", vmId("web-01"), { body: { properties } })).toMatchObject({
      status: 409,
      body: {
        error: {
          code: "PropertyChangeNotAllowed",
          target,
          message: `Changing property '${target}' is not allowed.`,
        },
      },
    });
  });

  test("of what GET gave is taken, and changes nothing", async () => {
    const arm = await start();
    await givenVm(arm, "web-01", { tags: { env: "prod" } });
    const { body } = await arm.ask("GET", vmId("web-01"));
    await finished(arm, await arm.ask("PUT", vmId("web-01"), { body }));
    expect((await arm.ask("GET", vmId("web-01"))).body).toEqual({
      ...(body as object),
      etag: `"2"`,
    });
  });

  test("with an unmanaged disk is refused", async () => {
    const arm = await start();
    const vhd = { uri: "https://account.blob.core.windows.net/vhds/os.vhd" };
    const storageProfile = { osDisk: { name: "os", createOption: "FromImage", vhd } };
    await expect(givenVm(arm, "web-01", { storageProfile })).rejects.toMatchObject({
      statusCode: 400,
      message: expect.stringContaining("unmanaged"),
    });
  });
});

describe("a PATCH of a VM", () => {
  test("changes its size and its tags, and leaves the rest", async () => {
    const arm = await start();
    const before = await givenVm(arm, "web-01", { tags: { env: "prod" } });
    const size = { hardwareProfile: { vmSize: "Standard_E4s_v5" } };
    expect(await patch(arm, size)).toMatchObject({ tags: { env: "prod" }, ...size });
    const after = await patch(arm, { tags: { env: "test" } });
    expect(after).toMatchObject({ tags: { env: "test" }, ...size, osProfile: before.osProfile });
    expect(after.storageProfile).toEqual(before.storageProfile);
  });

  test("attaches a disk, and detaches those that it leaves out", async () => {
    const arm = await start();
    await givenVm(arm, "web-01");
    await givenDisk(arm, "extra");
    const before = (await model(arm)).storageProfile?.dataDisks ?? [];
    await patch(arm, { storageProfile: { dataDisks: [...before, attached("extra", 1)] } });
    const owned = { managedBy: vmId("web-01"), diskState: "Attached" };
    expect(await diskOf(arm, "extra")).toEqual(owned);
    expect(await diskOf(arm, "web-01_DataDisk_0")).toEqual(owned);
    await patch(arm, { storageProfile: { dataDisks: [attached("extra", 1)] } });
    const free = { managedBy: undefined, diskState: "Unattached" };
    expect(await diskOf(arm, "web-01_DataDisk_0")).toEqual(free);
    expect((await model(arm)).storageProfile?.dataDisks).toMatchObject([{ lun: 1, name: "extra" }]);
  });

  test("detaches a disk that is marked to be detached", async () => {
    const arm = await start();
    await givenVm(arm, "web-01");
    const [disk] = (await model(arm)).storageProfile?.dataDisks ?? [];
    if (disk === undefined) throw new Error("The VM has no data disk.");
    await patch(arm, { storageProfile: { dataDisks: [{ ...disk, toBeDetached: true }] } });
    expect((await model(arm)).storageProfile?.dataDisks).toEqual([]);
    expect((await diskOf(arm, "web-01_DataDisk_0")).diskState).toBe("Unattached");
  });

  test("cannot attach what another VM has, unless the disk is shared", async () => {
    const arm = await start();
    for (const name of ["web-01", "web-02"]) await givenVm(arm, name);
    await givenDisk(arm, "shared", { maxShares: 2, sku: { name: "Premium_LRS" } });
    const take = (name: string) =>
      patch(arm, { storageProfile: { dataDisks: [attached(name, 5)] } });
    await expect(take("web-02_DataDisk_0")).rejects.toMatchObject({
      statusCode: 409,
      code: "AttachDiskWhileBeingDetached",
    });
    await givenVm(arm, "web-03", {
      storageProfile: {
        osDisk: { createOption: "FromImage" },
        dataDisks: [attached("shared", 0)],
      },
    });
    await take("shared");
    expect((await arm.client.disks.get(GROUP, "shared")).managedByExtended).toHaveLength(2);
  });

  test("cannot give two disks one lun, or attach one disk twice", async () => {
    const arm = await start();
    await givenVm(arm, "web-01");
    for (const name of ["a", "b"]) await givenDisk(arm, name);
    for (const dataDisks of [
      [attached("a", 1), attached("b", 1)],
      [attached("a", 1), attached("A", 2)],
    ]) {
      await expect(patch(arm, { storageProfile: { dataDisks } })).rejects.toMatchObject({
        statusCode: 400,
      });
    }
    expect((await diskOf(arm, "a")).diskState).toBe("Unattached");
  });

  test("of a VM that is not there is refused", async () => {
    const arm = await start();
    expect((await arm.ask("PATCH", vmId("nope"), { body: { tags: {} } })).status).toBe(404);
  });
});
