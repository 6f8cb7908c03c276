import { describe, expect, test } from "vitest";
import {
  nameOfResource,
  parseResourceId,
  sameResourceId,
} from "../../../src/lib/fleet/resource-id.ts";

const collection =
  "/subscriptions/sub-1/resourceGroups/Shop/providers/Microsoft.Compute/restorePointCollections/rpc-1";

describe("a resource id", () => {
  test("is taken apart as it is written", () => {
    expect(parseResourceId(collection)).toEqual({
      subscriptionId: "sub-1",
      resourceGroup: "Shop",
      type: "Microsoft.Compute/restorePointCollections",
      names: ["rpc-1"],
    });
  });

  test("of a child has a name for each type", () => {
    expect(
      parseResourceId(`${collection}/restorePoints/t1-a1/diskRestorePoints/os_1`),
    ).toMatchObject({
      type: "Microsoft.Compute/restorePointCollections/restorePoints/diskRestorePoints",
      names: ["rpc-1", "t1-a1", "os_1"],
    });
  });

  test.each([
    ["upper case", collection.toUpperCase()],
    ["lower case", collection.toLowerCase()],
    ["a slash at the end", `${collection}/`],
  ])("is read with %s", (_what, id) => {
    expect(parseResourceId(id)?.names.map((name) => name.toLowerCase())).toEqual(["rpc-1"]);
  });

  test.each([
    "",
    "rpc-1",
    "/subscriptions/sub-1",
    "/subscriptions/sub-1/resourceGroups/Shop",
    "/subscriptions/sub-1/providers/Microsoft.Compute/locations/westeurope",
    "/subscriptions/sub-1/resourceGroups/Shop/providers/Microsoft.Compute",
    "/subscriptions/sub-1/resourceGroups/Shop/providers/Microsoft.Compute/disks",
    "/subscriptions/sub-1/resourceGroups/Shop/providers/Microsoft.Compute/disks//os",
    `https://management.azure.com${collection}`,
    collection.slice(1),
  ])("is not %j", (text) => {
    expect(parseResourceId(text)).toBeUndefined();
  });

  test("is the same in any casing", () => {
    expect(sameResourceId(collection, collection.toUpperCase())).toBe(true);
    expect(sameResourceId(collection, `${collection}0`)).toBe(false);
  });

  test("ends with the resource's name", () => {
    expect(nameOfResource(collection)).toBe("rpc-1");
    expect(nameOfResource("rpc-1")).toBe("rpc-1");
  });
});
