import { describe, expect, test } from "vitest";
import {
  networkInterfaceSchema,
  networkPlaceSchema,
  permissionsSchema,
  powerStateIn,
  resourceReadingOf,
  skuReadingsOf,
  virtualNetworkSchema,
} from "../../../src/lib/azure/arm-resource-readings.ts";

test("a resource without tags or state is read all the same", () => {
  const expected = { id: "a", tags: {}, provisioningState: "" };
  expect(resourceReadingOf({ id: "a" })).toEqual(expected);
  expect(networkInterfaceSchema.parse({ id: "a", tags: null, properties: {} })).toEqual(expected);
});

describe("where a network interface is", () => {
  const address = (id: string, more: object = {}) => ({
    properties: { subnet: { id }, ...more },
  });
  const place = (...ipConfigurations: object[]) =>
    networkPlaceSchema.parse({ properties: { networkSecurityGroup: null, ipConfigurations } });

  test("is where its primary address is", () => {
    const primary = address("second", { primary: true });
    expect(place(address("first", { primary: false }), primary)).toEqual({ subnetId: "second" });
  });

  test("is where its only address is, whatever that is called", () => {
    expect(place(address("first"))).toEqual({ subnetId: "first" });
  });
});

test.each([
  [["ProvisioningState/succeeded", "PowerState/deallocated"], "deallocated"],
  [["ProvisioningState/updating", "PowerState/deallocating"], "deallocating"],
  [["PowerState/running"], "other"],
  [["PowerState/stopped"], "other"],
  [[], "other"],
])("a VM of %j is %s", (codes, expected) => {
  expect(powerStateIn(codes.map((code) => ({ code })))).toBe(expected);
});

test("a size tells what it takes, as far as Azure says", () => {
  const capabilities = [
    { name: "PremiumIO", value: "False" },
    { name: "AcceleratedNetworkingEnabled", value: "True" },
    { name: "MaxDataDiskCount", value: "4" },
  ];
  const locationInfo = [{ location: "westeurope", zones: [] }];
  const size = { resourceType: "virtualMachines", name: "Standard_D2_v5", locationInfo };
  expect(skuReadingsOf([{ ...size, capabilities }], "westeurope")).toMatchObject([
    { premiumIO: false, acceleratedNetworking: true, mostDataDisks: 4 },
  ]);
  expect(skuReadingsOf([size], "westeurope")).toEqual([
    { resourceType: "virtualMachines", name: "Standard_D2_v5", zones: [] },
  ]);
});

test("a network may be without subnets", () => {
  const network = virtualNetworkSchema.parse({ id: "n", location: "l", properties: {} });
  expect(network).toEqual({ id: "n", location: "l", subnets: [] });
});

test("permissions come from several roles, and without what is not said", () => {
  const value = [
    { actions: ["*/read"], dataActions: ["*"] },
    { actions: ["Microsoft.Compute/*"], notActions: ["*/delete"], condition: null },
    { notActions: null },
  ];
  expect(permissionsSchema.parse({ value }).value).toEqual([
    { actions: ["*/read"], notActions: [] },
    { actions: ["Microsoft.Compute/*"], notActions: ["*/delete"] },
    { actions: [], notActions: [] },
  ]);
});

describe("what a region offers", () => {
  const HERE = "westeurope";
  const sku = (name: string, more: object = {}) => ({
    ...{ resourceType: "virtualMachines", name, restrictions: [] },
    locationInfo: [{ location: "WestEurope", zones: ["2", "1", "3"] }],
    ...more,
  });
  const restricted = (type: string, locations: string[], zones?: string[]) => ({
    restrictions: [
      { type, values: locations, restrictionInfo: { locations, ...(zones ? { zones } : {}) } },
    ],
  });
  const read = (...skus: object[]) => skuReadingsOf(skus, HERE);
  const all = { resourceType: "virtualMachines", name: "A", zones: ["1", "2", "3"] };

  test("is told with its zones, in any casing of the region", () => {
    expect(read(sku("A"))).toEqual([all]);
  });

  test("is not what it offers elsewhere, or only to others", () => {
    const elsewhere = { locationInfo: [{ location: "northeurope", zones: ["1"] }] };
    expect(read(sku("A", elsewhere), sku("B", restricted("Location", [HERE])))).toEqual([]);
  });

  test("leaves out the zones that are closed to the subscription", () => {
    expect(read(sku("A", restricted("Zone", [HERE], ["1", "3"])))).toEqual([
      { ...all, zones: ["2"] },
    ]);
  });

  test("does not care for restrictions elsewhere", () => {
    const elsewhere = ["northeurope"];
    expect(read(sku("A", restricted("Location", elsewhere)))).toEqual([all]);
    expect(read(sku("A", restricted("Zone", elsewhere, ["1"])))).toEqual([all]);
  });

  test("may be without zones", () => {
    const regional = { locationInfo: [{ location: HERE }] };
    expect(read(sku("A", regional))).toEqual([{ ...all, zones: [] }]);
  });

  test("has each disk SKU once, and nothing but disks and VM sizes", () => {
    const disk = (size: string, zones: string[]) =>
      sku("Premium_LRS", {
        ...{ resourceType: "disks", size },
        locationInfo: [{ location: HERE, zones }],
      });
    const others = sku("Classic", { resourceType: "availabilitySets" });
    expect(read(disk("P10", ["1"]), others, disk("P20", ["2", "1"]))).toEqual([
      { resourceType: "disks", name: "Premium_LRS", zones: ["1", "2"] },
    ]);
  });
});
