import { describe, expect, test } from "vitest";
import {
  GROUP,
  groupPath,
  LOCATION,
  networkId,
  networkInterfaceId,
  SUBSCRIPTION,
} from "./names.ts";
import { type Arm, azuriteOfThisFile } from "./scene.ts";

const start = azuriteOfThisFile();
const NETWORK = networkId("net");
const addressSpace = { addressPrefixes: ["10.0.0.0/16"] };
const subnets = [{ name: "web", properties: { addressPrefix: "10.0.1.0/24" } }];

const put = async ({ ask }: Arm, properties: object = { addressSpace, subnets }) =>
  await ask("PUT", NETWORK, { body: { location: LOCATION, properties } });

describe("a virtual network", () => {
  test("is made, changed, read and listed with its subnets", async () => {
    const arm = await start();
    const made = await put(arm);
    expect(made).toMatchObject({
      status: 201,
      body: { id: NETWORK, properties: { addressSpace, subnets } },
    });
    expect((await arm.ask("GET", NETWORK.toUpperCase())).body).toEqual(made.body);
    expect((await put(arm)).status).toBe(200);
    for (const scope of [groupPath(GROUP), `/subscriptions/${SUBSCRIPTION}`]) {
      const path = `${scope}/providers/Microsoft.Network/virtualNetworks`;
      expect((await arm.ask("GET", path)).body).toMatchObject({ value: [{ name: "net" }] });
    }
  });

  test("keeps the subnets that a network interface is in until that is gone", async () => {
    const arm = await start();
    await put(arm);
    const nic = networkInterfaceId("nic-01");
    const subnet = { id: `${NETWORK}/subnets/WEB` };
    const properties = { ipConfigurations: [{ name: "one", properties: { subnet } }] };
    await arm.ask("PUT", nic, { body: { location: LOCATION, properties } });
    const refused = { status: 400, body: { error: { code: "InUseSubnetCannotBeDeleted" } } };
    expect(await arm.ask("DELETE", NETWORK)).toMatchObject(refused);
    expect(await put(arm, { addressSpace, subnets: [] })).toMatchObject(refused);
    await arm.ask("DELETE", nic);
    expect((await arm.ask("DELETE", NETWORK)).status).toBe(200);
    expect((await arm.ask("DELETE", NETWORK)).status).toBe(204);
    expect((await arm.ask("GET", NETWORK)).status).toBe(404);
  });

  test.each([
    ["InvalidAddressPrefixFormat", "10.0.0.0", "10.0.1.0/24"],
    ["InvalidAddressPrefixFormat", "10.0.0.0/16", "10.0.1/24"],
    ["InvalidAddressPrefixFormat", "10.0.0.0/33", "10.0.1.0/24"],
    ["InvalidCIDRNotation", "10.0.1.0/16", "10.0.1.0/24"],
    ["InvalidCIDRNotation", "10.0.0.0/16", "10.0.1.7/24"],
    ["NetcfgSubnetRangeOutsideVnet", "10.0.0.0/16", "10.1.0.0/24"],
    ["NetcfgSubnetRangeOutsideVnet", "10.0.1.0/24", "10.0.0.0/16"],
    ["NetcfgSubnetRangesOverlap", "10.0.0.0/16", "10.0.2.128/25"],
  ])("is refused with %s for %s with a subnet of %s", async (code, space, addressPrefix) => {
    const arm = await start();
    const answer = await put(arm, {
      addressSpace: { addressPrefixes: [space] },
      subnets: [
        { name: "web", properties: { addressPrefix } },
        { name: "db", properties: { addressPrefix: "10.0.2.0/24" } },
      ],
    });
    expect(answer).toMatchObject({ status: 400, body: { error: { code } } });
    expect((await arm.ask("GET", NETWORK)).status).toBe(404);
  });
});
