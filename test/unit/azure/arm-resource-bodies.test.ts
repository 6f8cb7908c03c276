import { describe, expect, test } from "vitest";
import {
  diskBodyOf,
  networkInterfaceBodyOf,
  virtualMachineBodyOf,
} from "../../../src/lib/azure/arm-resource-bodies.ts";
import type { VirtualMachineRequest } from "../../../src/lib/restores/vm-request.ts";
import { diskId, vmId } from "../../fixtures/records.ts";

const common = { location: "westeurope", tags: { team: "web" } };
const DISK_POINT = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/x";

describe("a restored disk", () => {
  const request = {
    ...common,
    id: diskId("d"),
    sku: "Premium_LRS",
    diskRestorePointId: DISK_POINT,
  };

  test("is asked for with no more than it must have", () => {
    expect(diskBodyOf(request)).toStrictEqual({
      ...common,
      sku: { name: "Premium_LRS" },
      creationData: { createOption: "Restore", sourceResourceId: DISK_POINT },
    });
  });

  test("may be in a zone, and larger", () => {
    const body = diskBodyOf({ ...request, zone: "2", sizeInGB: 64 });
    expect(body).toMatchObject({ zones: ["2"], diskSizeGB: 64 });
  });
});

describe("a restored network interface", () => {
  const request = { ...common, id: "nic", subnetId: "subnet" };
  const ipConfigurations = [
    {
      name: "ipconfig1",
      properties: {
        subnet: { id: "subnet" },
        privateIPAllocationMethod: "Dynamic",
        primary: true,
      },
    },
  ];

  test("has one address of its subnet", () => {
    const body = networkInterfaceBodyOf(request);
    expect(body).toStrictEqual({ ...common, properties: { ipConfigurations } });
  });

  test("takes over the security group, and whether it is accelerated", () => {
    const more = { networkSecurityGroupId: "group", acceleratedNetworking: false };
    expect(networkInterfaceBodyOf({ ...request, ...more }).properties).toStrictEqual({
      enableAcceleratedNetworking: false,
      networkSecurityGroup: { id: "group" },
      ipConfigurations,
    });
  });
});

describe("a restored VM", () => {
  const request: VirtualMachineRequest = {
    ...common,
    id: vmId("restored"),
    size: "Standard_D4s_v5",
    osType: "Windows",
    disks: [
      { id: diskId("os"), caching: "ReadWrite", writeAcceleratorEnabled: true },
      { id: diskId("data"), lun: 3, caching: "None" },
    ],
    networkInterfaceId: "nic",
    recorded: {},
  };
  /** As it is sent: JSON leaves out what is undefined. */
  const sent = (more: Partial<VirtualMachineRequest> = {}): unknown =>
    JSON.parse(JSON.stringify(virtualMachineBodyOf({ ...request, ...more })));

  test("attaches its disks and its network interface, which outlive it", () => {
    const attached = { createOption: "Attach", deleteOption: "Detach" };
    expect(sent()).toEqual({
      ...common,
      hardwareProfile: { vmSize: "Standard_D4s_v5" },
      storageProfile: {
        osDisk: {
          ...attached,
          osType: "Windows",
          managedDisk: { id: diskId("os") },
          caching: "ReadWrite",
          writeAcceleratorEnabled: true,
        },
        dataDisks: [{ ...attached, lun: 3, managedDisk: { id: diskId("data") }, caching: "None" }],
      },
      networkProfile: {
        networkInterfaces: [{ id: "nic", primary: true, deleteOption: "Detach" }],
      },
      diagnosticsProfile: { bootDiagnostics: { enabled: true } },
    });
  });

  test("takes over what was recorded of its source", () => {
    const taken = {
      plan: { name: "n", publisher: "p", product: "q" },
      securityProfile: {
        securityType: "TrustedLaunch",
        uefiSettings: { secureBootEnabled: true, vTpmEnabled: true },
      },
      licenseType: "Windows_Server",
      additionalCapabilities: { ultraSSDEnabled: true },
    };
    const vmSizeProperties = { vCPUsAvailable: 2 };
    const recorded = { ...taken, vmSizeProperties, diskControllerType: "NVMe" };
    expect(sent({ zone: "1", recorded })).toMatchObject({
      ...taken,
      zones: ["1"],
      hardwareProfile: { vmSize: "Standard_D4s_v5", vmSizeProperties },
      storageProfile: { diskControllerType: "NVMe" },
    });
  });

  test("gets an identity of its own, and those that were assigned, without what Azure told of them", () => {
    const type = "SystemAssigned, UserAssigned";
    const identity = { type, userAssignedIdentities: { "/id/a": { principalId: "p" } } };
    expect(sent({ recorded: { identity } })).toMatchObject({
      identity: { type, userAssignedIdentities: { "/id/a": {} } },
    });
    const own = { type: "SystemAssigned" };
    const body = virtualMachineBodyOf({ ...request, recorded: { identity: own } });
    expect(body.identity).toStrictEqual(own);
  });

  test("cannot be without an OS disk", () => {
    expect(() => sent({ disks: [{ id: diskId("data"), lun: 0 }] })).toThrow("OS disk");
  });
});
