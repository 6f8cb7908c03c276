import { describe, expect, test } from "vitest";
import { restorePointReadingOf, virtualMachineOf } from "../../../src/lib/azure/arm-readings.ts";
import { diskId, vmId } from "../../fixtures/records.ts";

describe("a VM as Azure describes it", () => {
  const model = {
    id: vmId(),
    name: "web-01",
    location: "westeurope",
    vmId: "0f47b1a2-0000-4000-8000-000000000001",
    tags: { "restore-points": "hourly" },
    storageProfile: {
      osDisk: {
        createOption: "FromImage",
        name: "os",
        caching: "ReadWrite",
        diffDiskSettings: { option: "Local" },
        managedDisk: { id: diskId("os"), storageAccountType: "Premium_LRS" },
      },
      dataDisks: [
        {
          createOption: "Attach",
          lun: 0,
          writeAcceleratorEnabled: true,
          managedDisk: { id: diskId("Data-0") },
        },
        { createOption: "Attach", lun: 1, name: "old" },
      ],
    },
  } as const;

  test("is read with its disks, the OS disk first", () => {
    const { storageProfile, ...rest } = model;
    const { osDisk } = storageProfile;
    const dataDisks = storageProfile.dataDisks.map((disk) => ({ ...disk }));
    const vm = { ...rest, storageProfile: { osDisk, dataDisks } };
    expect(virtualMachineOf(vm)).toEqual({
      id: vmId(),
      name: "web-01",
      resourceGroup: "Shop",
      location: "westeurope",
      vmId: "0f47b1a2-0000-4000-8000-000000000001",
      tags: { "restore-points": "hourly" },
      disks: [
        {
          name: "os",
          id: diskId("os"),
          storageAccountType: "Premium_LRS",
          caching: "ReadWrite",
          writeAccelerator: false,
          ephemeral: true,
        },
        {
          name: "Data-0",
          id: diskId("Data-0"),
          lun: 0,
          writeAccelerator: true,
          ephemeral: false,
        },
        { name: "old", lun: 1, writeAccelerator: false, ephemeral: false },
      ],
      model: vm,
    });
  });

  test("may have no tags and no disks", () => {
    expect(virtualMachineOf({ id: vmId(), name: "web-01", location: "westeurope" })).toMatchObject({
      tags: {},
      disks: [],
      vmId: "",
    });
  });
});

describe("a restore point as Azure describes it", () => {
  test("says what was obtained, and the disks in it", () => {
    const reading = restorePointReadingOf({
      id: "/a/point",
      provisioningState: "Succeeded",
      consistencyMode: "FileSystemConsistent",
      timeCreated: new Date("2026-01-31T10:00:01Z"),
      sourceMetadata: {
        storageProfile: {
          osDisk: {
            name: "os",
            diskSizeGB: 30,
            managedDisk: { id: diskId("os") },
            diskRestorePoint: { id: "/a/point/diskRestorePoints/os_1" },
          },
          dataDisks: [{ lun: 0, name: "data" }],
        },
      },
    });
    expect(reading).toEqual({
      id: "/a/point",
      provisioningState: "Succeeded",
      consistencyMode: "FileSystemConsistent",
      timeCreated: "2026-01-31T10:00:01.000Z",
      disks: [
        {
          name: "os",
          diskId: diskId("os"),
          sizeInGB: 30,
          diskRestorePointId: "/a/point/diskRestorePoints/os_1",
        },
        { name: "data", lun: 0 },
      ],
    });
  });

  test("that is being made says little", () => {
    expect(restorePointReadingOf({ id: "/a/point", provisioningState: "Creating" })).toEqual({
      id: "/a/point",
      provisioningState: "Creating",
      disks: [],
    });
  });
});
