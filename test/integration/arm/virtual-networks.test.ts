import { describe, expect, test } from "vitest";
import { GROUP, groupPath, LOCATION, networkInterfaceId, SUBSCRIPTION } from "./names.ts";
import { type Arm, azuriteOfThisFile } from "./scene.ts";

const start = azuriteOfThisFile();
const NETWORK = `${groupPath(GROUP)}/providers/Microsoft.Network/virtualNetworks/net`;
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
});
