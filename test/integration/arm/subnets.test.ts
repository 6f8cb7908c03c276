import { describe, expect, test } from "vitest";
import { givenSubnet, SUBNET } from "./given.ts";
import { LOCATION, networkId, networkInterfaceId } from "./names.ts";
import { type Arm, azuriteOfThisFile } from "./scene.ts";

const start = azuriteOfThisFile();
const DB = `${networkId("net")}/subnets/db`;

async function given(): Promise<Arm> {
  const arm = await start();
  await givenSubnet(arm);
  return arm;
}

const put = async ({ ask }: Arm, addressPrefix = "10.0.2.0/24", id = DB) =>
  await ask("PUT", id, { body: { properties: { addressPrefix } } });

const refused = (status: number, code: string) => ({ status, body: { error: { code } } });

describe("a subnet", () => {
  test("is made, changed, read, listed and deleted, and its network shows it", async () => {
    const arm = await given();
    const made = await put(arm);
    const properties = { addressPrefix: "10.0.2.0/24", provisioningState: "Succeeded" };
    const type = "Microsoft.Network/virtualNetworks/subnets";
    expect(made).toMatchObject({ status: 201, body: { id: DB, name: "db", type, properties } });
    expect(await arm.ask("GET", DB.toUpperCase())).toMatchObject({ status: 200, body: made.body });
    const both = [{ name: "web" }, { name: "db", properties: { addressPrefix: "10.0.3.0/24" } }];
    expect((await put(arm, "10.0.3.0/24")).status).toBe(200);
    const listed = await arm.ask("GET", `${networkId("net")}/subnets`);
    expect(listed.body).toMatchObject({ value: both });
    const network = await arm.ask("GET", networkId("net"));
    expect(network.body).toMatchObject({ properties: { subnets: both } });
    expect((await arm.ask("DELETE", DB)).status).toBe(200);
    expect((await arm.ask("DELETE", DB)).status).toBe(204);
    expect(await arm.ask("GET", DB)).toMatchObject(refused(404, "NotFound"));
    expect((await arm.ask("GET", SUBNET)).status).toBe(200);
  });

  test("stays while a network interface is in it", async () => {
    const arm = await given();
    await put(arm);
    const nic = networkInterfaceId("nic-01");
    const ipConfigurations = [{ name: "one", properties: { subnet: { id: DB } } }];
    await arm.ask("PUT", nic, { body: { location: LOCATION, properties: { ipConfigurations } } });
    expect(await arm.ask("DELETE", DB)).toMatchObject(refused(400, "InUseSubnetCannotBeDeleted"));
    expect(await put(arm, "10.0.3.0/24")).toMatchObject(refused(400, "InUsePrefixCannotBeDeleted"));
    await arm.ask("DELETE", nic);
    expect((await arm.ask("DELETE", DB)).status).toBe(200);
  });

  test.each([
    ["InvalidAddressPrefixFormat", "10.0.2.0"],
    ["InvalidCIDRNotation", "10.0.2.1/24"],
    ["NetcfgSubnetRangeOutsideVnet", "10.1.0.0/24"],
    ["NetcfgSubnetRangesOverlap", "10.0.0.0/23"],
  ])("is refused with %s for %s, and not made", async (code, addressPrefix) => {
    const arm = await given();
    expect(await put(arm, addressPrefix)).toMatchObject(refused(400, code));
    expect((await arm.ask("GET", DB)).status).toBe(404);
  });

  test("is in no network that is not there", async () => {
    const arm = await given();
    const id = `${networkId("other")}/subnets/db`;
    expect(await put(arm, "10.0.2.0/24", id)).toMatchObject(refused(404, "ParentResourceNotFound"));
    expect(await arm.ask("GET", id)).toMatchObject(refused(404, "ResourceNotFound"));
    expect((await arm.ask("DELETE", id)).status).toBe(204);
  });

  test("is announced to Event Grid", async () => {
    const arm = await given();
    await put(arm);
    await arm.ask("DELETE", DB);
    const written = arm.changes.filter(({ resourceId }) => resourceId === DB);
    expect(written.map(({ operationName }) => operationName)).toEqual([
      "Microsoft.Network/virtualNetworks/subnets/write",
      "Microsoft.Network/virtualNetworks/subnets/delete",
    ]);
  });
});
