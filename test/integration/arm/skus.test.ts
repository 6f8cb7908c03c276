import { describe, expect, test } from "vitest";
import { givenVm, vmModel } from "./given.ts";
import { diskId, SUBSCRIPTION, vmId } from "./names.ts";
import { type Arm, azuriteOfThisFile } from "./scene.ts";

const start = azuriteOfThisFile();

interface Sku {
  readonly name: string;
  readonly locationInfo: readonly { readonly zones: readonly string[] }[];
  readonly capabilities: readonly { readonly name: string; readonly value: string }[];
}

const SKUS = `/subscriptions/${SUBSCRIPTION}/providers/Microsoft.Compute/skus`;

const list = async ({ ask }: Arm, filter?: string) =>
  await ask("GET", SKUS, {
    query: `?api-version=2021-07-01${filter === undefined ? "" : `&$filter=${encodeURIComponent(filter)}`}`,
  });

async function skusIn(arm: Arm, location: string): Promise<ReadonlyMap<string, Sku>> {
  const { body } = await list(arm, `location eq '${location}'`);
  return new Map((body as { value: Sku[] }).value.map((sku) => [sku.name, sku]));
}

describe("what is offered", () => {
  test("has the sizes and disks of the region, with its zones", async () => {
    const skus = await skusIn(await start(), "West Europe");
    expect(skus.get("Standard_D2s_v5")).toEqual({
      resourceType: "virtualMachines",
      name: "Standard_D2s_v5",
      tier: "Standard",
      size: "D2s_v5",
      family: "standardDSv5Family",
      locations: ["westeurope"],
      locationInfo: [{ location: "westeurope", zones: ["1", "2", "3"] }],
      capabilities: expect.arrayContaining([
        { name: "vCPUs", value: "2" },
        { name: "PremiumIO", value: "True" },
      ]),
      restrictions: [],
    });
    expect(skus.get("Premium_LRS")).toMatchObject({
      resourceType: "disks",
      capabilities: expect.arrayContaining([{ name: "MaxSizeGiB", value: "32767" }]),
    });
    expect(skus.has("Premium_ZRS")).toBe(true);
  });

  test("lacks in a region without zones what needs them", async () => {
    const skus = await skusIn(await start(), "norwaywest");
    expect(skus.get("Premium_LRS")?.locationInfo).toMatchObject([{ zones: [] }]);
    for (const name of ["Premium_ZRS", "StandardSSD_ZRS", "PremiumV2_LRS", "UltraSSD_LRS"]) {
      expect(skus.has(name)).toBe(false);
    }
  });

  test("says what the subscription may not use", async () => {
    const arm = await start();
    const name = "Standard_NC24ads_A100_v4";
    expect((await skusIn(arm, "northeurope")).get(name)).toMatchObject({
      restrictions: [{ type: "Location", reasonCode: "NotAvailableForSubscription" }],
    });
    expect((await skusIn(arm, "eastus")).get(name)).toMatchObject({
      restrictions: [{ type: "Zone", restrictionInfo: { locations: ["eastus"], zones: ["3"] } }],
    });
    expect((await skusIn(arm, "westeurope")).get(name)).toMatchObject({ restrictions: [] });
  });

  test("is of all regions without a filter, of none in a region that is not there", async () => {
    const arm = await start();
    const { value } = (await list(arm)).body as { value: { locations: string[] }[] };
    expect(value.flatMap(({ locations }) => locations)).toEqual(
      expect.arrayContaining(["westeurope", "eastus", "norwaywest"]),
    );
    expect((await list(arm, "location eq 'atlantis'")).body).toEqual({ value: [] });
    expect((await list(arm, "name eq 'Standard_D2s_v5'")).status).toBe(400);
  });
});

describe("a VM is refused", () => {
  const place = async (arm: Arm, vmSize: string, location: string, zones?: string[]) =>
    await givenVm(arm, "web-01", {
      hardwareProfile: { vmSize },
      location,
      ...(zones && { zones }),
    });

  test.each([
    ["that another region offers", "Standard_HB120rs_v3", "northeurope", undefined],
    ["that the subscription may not use", "standard_nc24ads_a100_v4", "North Europe", undefined],
    ["that it may not use in the zone", "Standard_NC24ads_A100_v4", "eastus", ["3"]],
  ])("a size %s", async (_, size, location, zones) => {
    const arm = await start();
    await expect(place(arm, size, location, zones)).rejects.toMatchObject({
      statusCode: 409,
      code: "SkuNotAvailable",
    });
    expect((await arm.ask("GET", vmId("web-01"))).status).toBe(404);
  });

  test.each([
    ["in a region without zones", "norwaywest", "1", "LocationNotSupportAvailabilityZones"],
    ["that the region does not have", "westeurope", "4", "InvalidAvailabilityZone"],
  ])("a zone %s, and so is a disk", async (_, location, zone, code) => {
    const arm = await start();
    const refused = { statusCode: 400, code };
    const vm = place(arm, "Standard_D2s_v5", location, [zone]);
    await expect(vm).rejects.toMatchObject(refused);
    const properties = { creationData: { createOption: "Empty" }, diskSizeGB: 1 };
    const body = { location, zones: [zone], properties };
    expect(await arm.ask("PUT", diskId("data"), { body })).toMatchObject({
      status: 400,
      body: { error: { code } },
    });
  });

  test("none of what the region offers, nor a size that nobody knows", async () => {
    const arm = await start();
    await place(arm, "Standard_HB120rs_v3", "westeurope", ["1"]);
    const { hardwareProfile } = await givenVm(arm, "web-02", {
      ...vmModel(),
      hardwareProfile: { vmSize: "Standard_D96s_v9" },
    });
    expect(hardwareProfile?.vmSize).toBe("Standard_D96s_v9");
  });
});
