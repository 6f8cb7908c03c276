/** What has to be there for restores: in the fake, and in the emulator behind the app's own client. */
import { beforeEach, describe, expect, test } from "vitest";
import { SUBNET } from "../integration/arm/given.ts";
import {
  GROUP,
  groupPath,
  LOCATION,
  networkId,
  networkInterfaceId,
  SUBSCRIPTION,
} from "../integration/arm/names.ts";
import {
  type ResourceScene,
  resourceKinds,
  SECURITY_GROUP,
  SOURCE_INTERFACE,
} from "./arm-resource-scene.ts";

describe.each(resourceKinds())("ARM %s", (_kind, create) => {
  let scene: ResourceScene;
  beforeEach(async () => {
    scene = await create();
  });

  test("tells where the network interface of a VM is", async () => {
    expect(await scene.arm.getNetworkPlace(SOURCE_INTERFACE)).toEqual({
      kind: "found",
      place: {
        subnetId: SUBNET,
        networkSecurityGroupId: SECURITY_GROUP,
        acceleratedNetworking: true,
      },
    });
    const unknown = await scene.arm.getNetworkPlace(networkInterfaceId("x"));
    expect(unknown).toMatchObject({ kind: "notFound" });
  });

  test("tells where a network is, and its subnets", async () => {
    const network = { id: networkId("net"), location: LOCATION, subnets: ["web"] };
    const answer = await scene.arm.getVirtualNetwork(networkId("net"));
    expect(answer).toEqual({ kind: "found", network });
    expect(await scene.arm.getVirtualNetwork(networkId("x"))).toMatchObject({ kind: "notFound" });
  });

  test("tells whether a resource group is there", async () => {
    const group = (name: string) => scene.arm.getResourceGroup(SUBSCRIPTION, name);
    expect(await group(GROUP)).toEqual({ kind: "found", location: LOCATION });
    expect(await group("gone-rg")).toMatchObject({ kind: "notFound" });
  });

  test("tells which disks and sizes a region offers, and in which zones", async () => {
    const answer = await scene.arm.listSkus(SUBSCRIPTION, LOCATION);
    if (answer.kind !== "found") throw new Error(answer.error.message);
    const zones = ["1", "2", "3"];
    for (const sku of [
      { resourceType: "disks", name: "Premium_LRS", zones },
      { resourceType: "virtualMachines", name: "Standard_D2s_v5", zones },
    ]) {
      expect(answer.skus.filter(({ name }) => name === sku.name)).toMatchObject([sku]);
    }
  });

  test("tells what we may do in a resource group, which is everything unless it is taken away", async () => {
    const permissions = (group: string) => scene.arm.listPermissions(groupPath(group));
    const everything = { actions: ["*"], notActions: [] };
    expect(await permissions(GROUP)).toEqual({ kind: "found", permissions: [everything] });
    const fewer = { actions: ["*/read"], notActions: ["Microsoft.Compute/disks/write"] };
    scene.permit(GROUP, fewer);
    expect(await permissions(GROUP)).toEqual({ kind: "found", permissions: [fewer] });
    expect(await permissions("gone-rg")).toMatchObject({ kind: "notFound" });
  });

  test("tells what we may do with a subnet, where that is given on the subnet alone", async () => {
    const subnet = `${networkId("net")}/subnets/default`;
    const join = {
      actions: ["Microsoft.Network/virtualNetworks/subnets/join/action"],
      notActions: [],
    };
    scene.permit(subnet, join);
    const answer = await scene.arm.listPermissions(subnet);
    if (answer.kind !== "found") throw new Error(answer.error.message);
    expect(answer.permissions).toContainEqual(join);
    const inGroup = await scene.arm.listPermissions(groupPath(GROUP));
    if (inGroup.kind !== "found") throw new Error(inGroup.error.message);
    expect(inGroup.permissions).not.toContainEqual(join);
  });
});
