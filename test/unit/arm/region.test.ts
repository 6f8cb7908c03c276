import { expect, test } from "vitest";
import { demandSameRegion, regionOf } from "../../../local/arm/region.ts";

const vm = {
  id: "/subscriptions/1/resourceGroups/web-rg/providers/Microsoft.Compute/virtualMachines/web-01",
  location: "EastUS2",
};

test.each(["eastus2", "EastUS2", "East US 2"])("%s is one region", (location) => {
  expect(regionOf(location)).toBe("eastus2");
  expect(() => demandSameRegion(vm, location)).not.toThrow();
});

test("another region is refused with ARM's words", () => {
  expect(() => demandSameRegion(vm, "westus")).toThrow(
    "The resource 'web-01' already exists in location 'eastus2' in resource group 'web-rg'.",
  );
});
