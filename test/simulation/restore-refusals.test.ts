/** Restores that Azure would not carry out as a whole: nothing is made, and whoever asks is told all that is against it. */
import { beforeEach, describe, expect, test } from "vitest";
import { operationIdOf } from "../../src/lib/operations/operation-id.ts";
import { RestoresScene } from "./restores-scene.ts";

let scene: RestoresScene;
beforeEach(async () => {
  scene = await new RestoresScene().begin();
});

const surroundings = () => scene.world.arm.surroundings;
const state = async () => (await scene.rows()).map((row) => row.state);

describe("a restore is refused, with all reasons at once, when", () => {
  test("names are taken, a size and a SKU are not offered, the subnet is missing, and permissions too", async () => {
    surroundings().permissions.set("rg-1", [
      { actions: ["Microsoft.Compute/*", "Microsoft.Network/*"], notActions: ["*/delete"] },
    ]);
    surroundings().skus = surroundings().skus.filter(({ name }) => name !== "Premium_LRS");
    const asked = {
      ...{
        kind: "vm",
        name: "web-01",
        size: "Standard_Z9",
        sku: "Premium_LRS",
        diskNames: "{disk}",
      },
      subnetId:
        "/subscriptions/sub-1/resourceGroups/rg-1/providers/Microsoft.Network/virtualNetworks/other/subnets/a",
    };
    expect(await scene.problems(asked)).toEqual([
      "SubnetNotFound subnetId",
      "NameTaken diskNames",
      "NameTaken diskNames",
      "NameTaken diskNames",
      "NameTaken name",
      "SkuNotAvailable sku",
      "SizeNotAvailable size",
      "PermissionMissing resourceGroup",
    ]);
    expect(scene.world.arm.calls.filter((call) => call.startsWith("put"))).toEqual([
      "putRestorePointCollection",
      "putRestorePoint",
    ]);
    expect(await state()).toEqual(["Failed"]);
  });

  test("a zone does not have the disk or the size", async () => {
    surroundings().skus = surroundings().skus.map((sku) => ({ ...sku, zones: ["1"] }));
    expect(await scene.problems({ kind: "vm", zone: "2" })).toEqual([
      ...["ZoneNotAvailable zone", "ZoneNotAvailable zone"],
    ]);
  });

  test("a zone has to be named, or the size takes no such disks, or not as many", async () => {
    surroundings().skus = surroundings().skus.map((sku) =>
      sku.resourceType === "virtualMachines" ? { ...sku, premiumIO: false, mostDataDisks: 1 } : sku,
    );
    const asked = { kind: "vm", disks: [{ lun: 0, sku: "PremiumV2_LRS" }] };
    expect(await scene.problems(asked)).toEqual([
      "ZoneRequired zone",
      "SizeWithoutPremium size",
      "TooManyDataDisks size",
    ]);
  });

  test("what it uses may not be used: the subnet, its security group, the source's identities", async () => {
    const group = "/subscriptions/sub-1/resourceGroups/rg-1/providers/Microsoft.Network";
    const nsg = `${group}/networkSecurityGroups/web`;
    for (const [id, place] of surroundings().networkPlaces) {
      surroundings().networkPlaces.set(id, { ...place, networkSecurityGroupId: nsg });
    }
    const identity =
      "/subscriptions/sub-1/resourceGroups/rg-1/providers/Microsoft.ManagedIdentity/userAssignedIdentities/web";
    for (const [name, recorded] of scene.world.durable.recordedVms) {
      const model = {
        ...(recorded.model as object),
        identity: { userAssignedIdentities: { [identity]: {} } },
      };
      scene.world.durable.recordedVms.set(name, { ...recorded, model });
    }
    const notActions = ["*/join/action", "Microsoft.ManagedIdentity/*"];
    surroundings().permissions.set("rg-1", [{ actions: ["*"], notActions }]);
    expect(await scene.problems({ kind: "vm" })).toEqual([
      "PermissionMissing resourceGroup",
      "PermissionMissing subnetId",
      "PermissionMissing subnetId",
      "PermissionMissing kind",
    ]);
    // A role on the subnet alone is a role.
    const join = {
      actions: ["Microsoft.Network/virtualNetworks/subnets/join/action"],
      notActions: [],
    };
    surroundings().permissions.set(`${group}/virtualNetworks/vnet/subnets/default`.toLowerCase(), [
      join,
    ]);
    await scene.world.pass(60_000);
    expect(await scene.problems({ kind: "vm" })).toHaveLength(3);
  });

  test("the resource group is missing", async () => {
    surroundings().missingGroups.add("lab");
    expect(await scene.problems({ kind: "disks", resourceGroup: "lab" })).toEqual([
      "ResourceGroupNotFound resourceGroup",
    ]);
  });

  test("the subnet is in another region than the restore point", async () => {
    surroundings().location = "northeurope";
    expect(await scene.problems({ kind: "vm" })).toEqual(["SubnetInOtherRegion subnetId"]);
  });

  test("the source's interface is gone, and where it was is not on record", async () => {
    surroundings().networkPlaces.clear();
    const [stored] = (await scene.world.tables.protections.list({}, { size: 1 })).records;
    if (stored) await scene.world.tables.protections.upsert({ ...stored, networkPlaces: [] });
    expect(await scene.problems({ kind: "vm" })).toEqual(["SubnetUnknown subnetId"]);
  });

  test("Azure has no such restore point any more", async () => {
    for (const point of scene.world.arm.restorePoints.values()) scene.world.arm.store.remove(point);
    expect(await scene.problems({ kind: "disks" })).toEqual(["RestorePointGone point"]);
  });

  test("so many of whoever asks are under way already", async () => {
    for (let number = 0; number < 10; number++) {
      const made = await scene.restore({ kind: "disks" }, scene.idOf(number));
      expect(made?.kind).toBe("accepted");
    }
    const id = operationIdOf(scene.vm, "01HZZZZZZZZZZZZZZZZZZZZZYZ");
    expect(await scene.restore({ kind: "disks" }, id)).toEqual({ kind: "tooMany", most: 10 });
  });
});
