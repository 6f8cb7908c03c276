import { describe, expect, test } from "vitest";
import { givenSubnet, SUBNET } from "./given.ts";
import { LOCATION, networkId, networkInterfaceId } from "./names.ts";
import { type Arm, azuriteOfThisFile } from "./scene.ts";

const start = azuriteOfThisFile();
const subnet = { id: SUBNET };

async function given(): Promise<Arm> {
  const arm = await start();
  await givenSubnet(arm);
  return arm;
}

const put = async ({ ask }: Arm, name: string, properties: object, location = LOCATION) =>
  await ask("PUT", networkInterfaceId(name), {
    body: { location, properties: { ipConfigurations: [{ name: "one", properties }] } },
  });

const withStatic = (privateIPAddress: string) => ({
  subnet,
  privateIPAllocationMethod: "Static",
  privateIPAddress,
});

const answering = (properties: object) => ({
  body: { properties: { ipConfigurations: [{ properties }] } },
});

const refused = (code: string) => ({ status: 400, body: { error: { code } } });

describe("a network interface", () => {
  test("gets the first free address of its subnet, which is free again without it", async () => {
    const arm = await given();
    const at = (privateIPAddress: string) =>
      answering({ privateIPAddress, privateIPAllocationMethod: "Dynamic" });
    expect(await put(arm, "nic-01", { subnet })).toMatchObject(at("10.0.1.4"));
    expect(await put(arm, "nic-02", { subnet })).toMatchObject(at("10.0.1.5"));
    await arm.ask("DELETE", networkInterfaceId("nic-01"));
    expect(await put(arm, "nic-03", { subnet })).toMatchObject(at("10.0.1.4"));
  });

  test("keeps its address when it is written again, and read", async () => {
    const arm = await given();
    await put(arm, "nic-01", { subnet });
    await put(arm, "nic-02", { subnet });
    await arm.ask("DELETE", networkInterfaceId("nic-01"));
    const kept = answering({ privateIPAddress: "10.0.1.5" });
    expect(await put(arm, "nic-02", { subnet })).toMatchObject(kept);
    expect(await arm.ask("GET", networkInterfaceId("nic-02"))).toMatchObject(kept);
  });

  test("gets the address that it asks for, and no other gets it", async () => {
    const arm = await given();
    expect((await put(arm, "nic-01", withStatic("10.0.1.4"))).status).toBe(201);
    expect(await put(arm, "nic-02", { subnet })).toMatchObject(
      answering({ privateIPAddress: "10.0.1.5" }),
    );
    expect(await put(arm, "nic-03", withStatic("10.0.1.4"))).toMatchObject({
      status: 400,
      body: {
        error: {
          code: "PrivateIPAddressIsAllocated",
          message: expect.stringContaining(networkInterfaceId("nic-01")),
        },
      },
    });
    expect((await put(arm, "nic-01", withStatic("10.0.1.4"))).status).toBe(200);
  });

  test("gives each of its configurations an address of its own", async () => {
    const arm = await given();
    const ipConfigurations = [
      { name: "one", properties: { subnet } },
      { name: "two", properties: withStatic("10.0.1.4") },
    ];
    const body = { location: LOCATION, properties: { ipConfigurations } };
    const answer = await arm.ask("PUT", networkInterfaceId("nic-01"), { body });
    expect(answer).toMatchObject({
      body: {
        properties: {
          ipConfigurations: [
            { name: "one", properties: { privateIPAddress: "10.0.1.5" } },
            { name: "two", properties: { privateIPAddress: "10.0.1.4" } },
          ],
        },
      },
    });
  });

  test.each([
    ["outside of its subnet", withStatic("10.0.2.4"), "PrivateIPAddressNotInSubnet"],
    ["that is none", withStatic("10.0.1"), "PrivateIPAddressNotInSubnet"],
    ["that Azure keeps for itself", withStatic("10.0.1.3"), "PrivateIPAddressInReservedRange"],
    ["that is for broadcasts", withStatic("10.0.1.255"), "PrivateIPAddressInReservedRange"],
    [
      "that it does not tell",
      { subnet, privateIPAllocationMethod: "Static" },
      "PrivateIPAddressMissing",
    ],
  ])("is refused an address %s", async (_, properties, code) => {
    const arm = await given();
    expect(await put(arm, "nic-01", properties)).toMatchObject(refused(code));
    expect((await arm.ask("GET", networkInterfaceId("nic-01"))).status).toBe(404);
  });

  test("is refused when its subnet has no address left", async () => {
    const arm = await start();
    const addressSpace = { addressPrefixes: ["10.0.0.0/29"] };
    const subnets = [{ name: "web", properties: { addressPrefix: "10.0.0.0/29" } }];
    const properties = { addressSpace, subnets };
    await arm.ask("PUT", networkId("net"), { body: { location: LOCATION, properties } });
    for (const name of ["nic-01", "nic-02", "nic-03"]) {
      expect((await put(arm, name, { subnet })).status).toBe(201);
    }
    expect(await put(arm, "nic-04", { subnet })).toMatchObject(refused("SubnetIsFull"));
  });

  test.each([
    ["a network that is not there", `${networkId("other")}/subnets/web`, LOCATION],
    ["a subnet that its network does not have", `${networkId("net")}/subnets/db`, LOCATION],
    ["a network of another region", SUBNET, "eastus"],
    ["what is no subnet", networkId("net"), LOCATION],
  ])("is refused in %s", async (_, id, location) => {
    const arm = await given();
    const answer = await put(arm, "nic-01", { subnet: { id } }, location);
    expect(answer).toMatchObject(refused("InvalidResourceReference"));
    expect(answer.body).toHaveProperty("error.message", expect.stringContaining(id));
  });
});

describe("a subnet", () => {
  test("keeps the prefix that an address is taken from", async () => {
    const arm = await given();
    await put(arm, "nic-01", { subnet });
    const narrow = async (addressPrefix: string) => {
      const addressSpace = { addressPrefixes: ["10.0.0.0/16"] };
      const subnets = [{ name: "web", properties: { addressPrefix } }];
      const properties = { addressSpace, subnets };
      return await arm.ask("PUT", networkId("net"), { body: { location: LOCATION, properties } });
    };
    expect(await narrow("10.0.2.0/24")).toMatchObject(refused("InUsePrefixCannotBeDeleted"));
    expect((await narrow("10.0.1.0/28")).status).toBe(200);
  });
});
