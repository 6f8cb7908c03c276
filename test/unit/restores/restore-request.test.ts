import { describe, expect, test } from "vitest";
import { restoreRequestSchema } from "../../../src/lib/restores/restore-request.ts";

const refusalsOf = (asked: object): string[] =>
  (restoreRequestSchema.safeParse(asked).error?.issues ?? []).map(({ path }) => path.join("."));

const subnet = (network: string, group = "rg-1") =>
  `/subscriptions/s-1/resourceGroups/${group}/providers/Microsoft.Network/virtualNetworks/${network}/subnets/vms`;

test("what is left out is as it was recorded", () => {
  expect(restoreRequestSchema.parse({ kind: "vm" })).toEqual({
    ...{ kind: "vm", diskNames: "{disk}-{id}", onFailure: "cleanUp", dryRun: false },
    powerState: "running",
  });
});

test("a region may be written in any casing", () => {
  expect(restoreRequestSchema.parse({ kind: "disks", region: "NorthEurope" }).region).toBe(
    "northeurope",
  );
});

describe("a field that cannot be is named", () => {
  test.each([
    ["a subnet of a network with an escape", { subnetId: subnet("a%41") }, "subnetId"],
    ["… with a query", { subnetId: subnet("a?b") }, "subnetId"],
    ["… that leads elsewhere", { subnetId: subnet("..") }, "subnetId"],
    ["… of a group with an escape", { subnetId: subnet("net", "a%2Fb") }, "subnetId"],
    ["a tag with a character that Azure takes in none", { tags: { "a<b": "1" } }, "tags.a<b"],
    ["a tag of Azure's own", { tags: { "Microsoft.x": "1" } }, "tags.Microsoft.x"],
    ["tags that differ in casing only", { tags: { a: "1", A: "2" } }, "tags"],
    [
      "the restore's own tag",
      { tags: { "VM-Restore-Points-Restore": "x" } },
      "tags.VM-Restore-Points-Restore",
    ],
    ["a tag that holds a SAS", { tags: { a: "https://x/?sv=1&sig=abc%3D" } }, "tags.a"],
    ["a name with a dot", { name: "web.01" }, "name"],
    ["a disk named in two ways", { disks: [{ lun: 1, os: true }] }, "disks.0"],
    ["a pattern with an unknown part", { diskNames: "{point}" }, "diskNames"],
    ["a zone that there is none of", { zone: "4" }, "zone"],
    ["an unknown property", { computerName: "x" }, ""],
  ])("%s", (_what, more, expected) => {
    expect(refusalsOf({ kind: "vm", ...more })).toEqual([expected]);
  });

  test("of disks there is no VM to ask for", () => {
    expect(refusalsOf({ kind: "disks", name: "x" })).toEqual([""]);
  });

  test.each([subnet("net"), subnet("my-net.1", "Rg_(1)")])("but not the subnet %s", (subnetId) => {
    expect(refusalsOf({ kind: "vm", subnetId })).toEqual([]);
  });
});
