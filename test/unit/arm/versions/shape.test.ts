import { describe, expect, test } from "vitest";
import { type ShapedType, shapeOf } from "../../../../local/arm/versions/shape.ts";

const AT = "2026-01-01T00:00:00Z";

/** A restore point of a copy, with instant access: everything there is. */
const point = {
  id: "/restorePoints/rp-1",
  name: "rp-1",
  properties: {
    excludeDisks: [{ id: "/disks/scratch" }],
    sourceMetadata: {
      vmId: "vm",
      userData: "eA==",
      hyperVGeneration: "V2",
      storageProfile: {
        osDisk: {
          name: "os",
          writeAcceleratorEnabled: false,
          diskRestorePoint: { id: "/d", encryption: { type: "EncryptionAtRestWithPlatformKey" } },
        },
        dataDisks: [{ lun: 0, writeAcceleratorEnabled: false, diskRestorePoint: { id: "/e" } }],
        diskControllerType: "SCSI",
      },
    },
    provisioningState: "Succeeded",
    consistencyMode: "ApplicationConsistent",
    timeCreated: AT,
    instanceView: {
      diskRestorePoints: [
        {
          id: "/d",
          snapshotAccessState: "Available",
          replicationStatus: { completionPercent: 100 },
        },
      ],
    },
    instantAccessDurationMinutes: 300,
  },
};

const shaped = (type: ShapedType, body: unknown, apiVersion: string) =>
  shapeOf(type, structuredClone(body), apiVersion);

/** `properties.…` with a value, as the api-version answers it. */
const valueAt = (type: ShapedType, body: unknown, apiVersion: string, path: string): unknown =>
  path
    .split(".")
    .reduce<unknown>(
      (value, name) =>
        typeof value === "object" && value !== null
          ? (value as Record<string, unknown>)[name]
          : undefined,
      shaped(type, body, apiVersion),
    );

function bodyWith(path: string): unknown {
  return path.split(".").reduceRight<unknown>((inner, name) => ({ [name]: inner }), "something");
}

describe("the newest api-version", () => {
  test("is answered everything, as it is", () => {
    expect(shapeOf("restorePoint", point, "2026-04-01")).toBe(point);
  });
});

describe("an older api-version is not told", () => {
  test.each<[ShapedType, string, string, string]>([
    ["restorePoint", "properties.instantAccessDurationMinutes", "2024-11-01", "2025-04-01"],
    ["restorePoint", "properties.sourceMetadata.userData", "2022-08-01", "2022-11-01"],
    [
      "restorePoint",
      "properties.sourceMetadata.storageProfile.diskControllerType",
      "2023-07-01",
      "2023-09-01",
    ],
    ["restorePointCollection", "properties.instantAccess", "2024-11-01", "2025-04-01"],
    ["diskRestorePoint", "properties.networkAccessPolicy", "2020-12-01", "2021-04-01"],
    ["diskRestorePoint", "properties.completionPercent", "2020-12-01", "2021-04-01"],
    ["diskRestorePoint", "properties.sourceResourceLocation", "2021-04-01", "2021-08-01"],
    ["diskRestorePoint", "properties.securityProfile", "2021-12-01", "2022-03-02"],
    ["diskRestorePoint", "properties.logicalSectorSize", "2023-10-02", "2024-03-02"],
    ["diskRestorePoint", "properties.snapshotAccessState", "2025-01-02", "2026-03-02"],
    ["disk", "properties.publicNetworkAccess", "2020-12-01", "2021-04-01"],
    ["disk", "properties.dataAccessAuthMode", "2021-08-01", "2021-12-01"],
    ["disk", "properties.creationData.performancePlus", "2022-03-02", "2022-07-02"],
    ["disk", "properties.supportedCapabilities.architecture", "2021-08-01", "2021-12-01"],
    ["virtualMachine", "properties.timeCreated", "2021-07-01", "2021-11-01"],
    ["virtualMachine", "properties.storageProfile.diskControllerType", "2022-03-01", "2022-08-01"],
    ["virtualMachine", "etag", "2023-07-01", "2023-09-01"],
    ["accessUri", "securityDataAccessSAS", "2021-04-01", "2021-08-01"],
  ])("%s.%s in %s, but %s is", (type, path, older, since) => {
    expect(valueAt(type, bodyWith(path), older, path)).toBeUndefined();
    expect(valueAt(type, bodyWith(path), since, path)).toBe("something");
  });

  test("of every data disk what it does not know", () => {
    const { properties } = shaped("restorePoint", point, "2022-03-01") as typeof point;
    const { osDisk, dataDisks } = properties.sourceMetadata.storageProfile;
    expect({ osDisk, dataDisks }).toEqual({
      osDisk: { name: "os", diskRestorePoint: { id: "/d" } },
      dataDisks: [{ lun: 0, diskRestorePoint: { id: "/e" } }],
    });
  });

  test("in a list either", () => {
    const list = { value: [point, point], nextLink: "https://next" };
    const one = shaped("restorePoint", point, "2021-11-01");
    expect(shaped("restorePoint", list, "2021-11-01")).toEqual({
      value: [one, one],
      nextLink: "https://next",
    });
  });

  test("and what is kept is not changed in place", () => {
    const before = structuredClone(point);
    shapeOf("restorePoint", point, "2021-03-01");
    expect(point).toEqual(before);
  });
});

describe("a restore point of 2021-03-01", () => {
  const flat = {
    id: "/restorePoints/rp-1",
    name: "rp-1",
    provisioningState: "Succeeded",
    consistencyMode: "ApplicationConsistent",
    provisioningDetails: { creationTime: AT },
    excludeDisks: [{ id: "/disks/scratch" }],
    sourceMetadata: { vmId: "vm", hyperVGeneration: "V2" },
  };

  test("has its properties beside its name, and its time in provisioningDetails", () => {
    const answer = shaped("restorePoint", point, "2021-03-01");
    expect(answer).toMatchObject(flat);
    expect(answer).not.toHaveProperty("properties");
    expect(answer).not.toHaveProperty("timeCreated");
  });

  test("is so in its collection, which is not", () => {
    const collection = {
      id: "/rpc",
      properties: { provisioningState: "Succeeded", instantAccess: true, restorePoints: [point] },
    };
    expect(shaped("restorePointCollection", collection, "2021-03-01")).toMatchObject({
      id: "/rpc",
      properties: { provisioningState: "Succeeded", restorePoints: [flat] },
    });
  });

  test("has properties since 2021-04-01", () => {
    expect(shaped("restorePoint", point, "2021-04-01")).toMatchObject({
      properties: { provisioningState: "Succeeded", timeCreated: AT },
    });
  });
});
