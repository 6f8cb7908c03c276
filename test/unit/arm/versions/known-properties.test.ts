import { describe, expect, test } from "vitest";
import { demandKnownProperties } from "../../../../local/arm/versions/demand-known-properties.ts";
import { refusalOf } from "./refusal.ts";

type Type = Parameters<typeof demandKnownProperties>[0]["type"];

const refused = (type: Type, sent: unknown, apiVersion = "2026-04-01") => {
  const text = typeof sent === "string" ? sent : JSON.stringify(sent);
  return refusalOf(() => demandKnownProperties({ type, apiVersion, text, body: JSON.parse(text) }));
};

describe("a property that Azure does not know", () => {
  test("in a VM's data disk is named, with its type and its place in the text", () => {
    const text =
      '{"location":"westeurope","properties":{"storageProfile":{"dataDisks":[{"lun":0,"size":1}]}}}';
    expect(refused("virtualMachine", text)).toEqual({
      status: 400,
      code: "BadRequest",
      message:
        "Could not find member 'size' on object of type 'DataDisk'. Path 'properties.storageProfile.dataDisks[0].size', line 1, position 86.",
      target: "vm.properties.storageProfile.dataDisks[0].size",
    });
  });

  test("in the envelope is refused by ARM itself", () => {
    expect(refused("disk", '{\n  "AccountType": "StandardLRS"\n}')).toEqual({
      status: 400,
      code: "InvalidRequestContent",
      message:
        "The request content was invalid and could not be deserialized: 'Could not find member 'AccountType' on object of type 'ResourceDefinition'. Path 'AccountType', line 2, position 16.'.",
    });
  });

  test.each<[Type, object, string, string]>([
    ["disk", { properties: { diskSize: 1 } }, "properties.diskSize", "DiskProperties"],
    [
      "disk",
      { properties: { creationData: { from: 1 } } },
      "properties.creationData.from",
      "CreationData",
    ],
    ["disk", { sku: { size: 1 } }, "sku.size", "DiskSku"],
    [
      "restorePointCollection",
      { properties: { vm: 1 } },
      "properties.vm",
      "RestorePointCollectionProperties",
    ],
    [
      "restorePointCollection",
      { properties: { source: { vm: 1 } } },
      "properties.source.vm",
      "RestorePointCollectionSourceProperties",
    ],
    ["restorePoint", { properties: { mode: 1 } }, "properties.mode", "RestorePointProperties"],
    ["restorePoint", { property: { mode: 1 } }, "property.mode", "RestorePointProperties"],
    [
      "restorePoint",
      { properties: { excludeDisks: [{ id: "/d" }, { name: "d" }] } },
      "properties.excludeDisks[1].name",
      "ApiEntityReference",
    ],
    [
      "virtualMachine",
      { properties: { storageProfile: { osDisk: { managedDisk: { sku: 1 } } } } },
      "properties.storageProfile.osDisk.managedDisk.sku",
      "ManagedDiskParameters",
    ],
    [
      "virtualMachine",
      { properties: { "a b": 1 } },
      "properties['a b']",
      "VirtualMachineProperties",
    ],
    ["grantAccessData", { access: "Read", seconds: 60 }, "seconds", "GrantAccessData"],
  ])("in a %s is refused: %j", (type, body, path, on) => {
    expect(refused(type, body)).toMatchObject({
      status: 400,
      code: "BadRequest",
      message: expect.stringContaining(
        `on object of type '${on}'. Path '${path}', line 1, position `,
      ),
      target: expect.stringMatching(/^\w+\./),
    });
  });

  test("is found where it stands, however the text is laid out", () => {
    const text =
      '{ "tags": {"a": "}]\\"{"},\r\n\t"properties" : {"excludeDisks": [ {"id": "x, y"}, null , [1, {"a": []}] ],\r\n "tags" :1}}';
    expect(refused("restorePoint", text)?.message).toContain("line 3, position 9.");
  });
});

describe("a property that came later", () => {
  test.each<[Type, object, string, string]>([
    ["restorePointCollection", { properties: { instantAccess: true } }, "2024-03-01", "2025-04-01"],
    [
      "restorePoint",
      { properties: { instantAccessDurationMinutes: 60 } },
      "2024-03-01",
      "2025-04-01",
    ],
    ["disk", { properties: { publicNetworkAccess: "Enabled" } }, "2020-12-01", "2021-04-01"],
    ["disk", { properties: { PublicNetworkAccess: "Enabled" } }, "2020-12-01", "2021-04-01"],
    ["grantAccessData", { fileFormat: "VHD" }, "2022-07-02", "2023-01-02"],
    [
      "virtualMachine",
      { properties: { storageProfile: { dataDisks: [{ sourceResource: { id: "/d" } }] } } },
      "2023-09-01",
      "2024-03-01",
    ],
  ])("is unknown to an older api-version: %s %j", (type, body, older, since) => {
    expect(refused(type, body, older)).toMatchObject({ status: 400, code: "BadRequest" });
    expect(refused(type, body, since)).toBeUndefined();
  });

  test.each([
    { consistencyMode: "CrashConsistent" },
    { properties: { consistencyMode: "CrashConsistent" } },
  ])("but could be read before is said to need a newer one: %j", (body) => {
    expect(refused("restorePoint", body, "2021-03-01")).toEqual({
      status: 400,
      code: "BadRequest",
      message: "This request can be made with api-version '2021-07-01' or newer",
    });
  });
});

describe("accepted is", () => {
  const envelope = { id: "/x", name: "x", type: "t", etag: "1", systemData: { createdBy: "me" } };

  test.each<[Type, object, string]>([
    [
      "restorePointCollection",
      {
        ...envelope,
        location: "x",
        tags: { any: "y" },
        properties: {
          source: { id: "/vm", location: "x" },
          provisioningState: "Succeeded",
          restorePointCollectionId: "1",
        },
      },
      "2021-03-01",
    ],
    [
      "restorePoint",
      { ...envelope, excludeDisks: [{ id: "/d" }], provisioningDetails: { creationTime: "x" } },
      "2021-03-01",
    ],
    [
      "restorePoint",
      { name: "x", properties: { sourceRestorePoint: { id: "/rp" } } },
      "2021-03-01",
    ],
    ["restorePoint", { name: "x", property: { consistencyMode: "CrashConsistent" } }, "2021-07-01"],
    ["restorePoint", {}, "2021-03-01"],
    [
      "disk",
      {
        location: "x",
        properties: {
          creationData: { createOption: "Restore", sourceResourceId: "/drp" },
          timeCreated: "x",
          uniqueId: "1",
          diskState: "Unattached",
        },
      },
      "2020-12-01",
    ],
    [
      "virtualMachine",
      {
        ...envelope,
        managedBy: "/x",
        resources: [],
        properties: {
          timeCreated: "x",
          osProfile: { computername: "x", linuxConfiguration: { whatever: 1 } },
        },
      },
      "2021-03-01",
    ],
    ["grantAccessData", { access: "Read", durationInSeconds: "3600" }, "2020-12-01"],
  ])("what Azure knows, and what it only answers: %s %j", (type, body, apiVersion) => {
    expect(refused(type, body, apiVersion)).toBeUndefined();
  });

  test("what is no object, which other rules refuse", () => {
    expect(refused("disk", [1])).toBeUndefined();
    expect(refused("disk", { properties: "none" })).toBeUndefined();
    expect(refused("disk", { properties: null })).toBeUndefined();
    const deep = `${"[".repeat(100_000)}${"]".repeat(100_000)}`;
    expect(refused("restorePoint", `{"properties":{"excludeDisks":${deep}}}`)).toBeUndefined();
  });
});
